export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
