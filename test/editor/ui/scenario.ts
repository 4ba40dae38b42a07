import type { Workbench } from './workbench';

export interface Stage {
  readonly workbench: Workbench;
  /** The workspace, a copy that the steps may edit. */
  readonly folder: string;
}

/** What one user does from opening the editor on. */
export interface Scenario {
  readonly title: string;
  /** Whether the editor asks if the folder is trusted. */
  readonly workspaceTrust: boolean;
  /** Sets up what the steps need; the returned function takes it down. */
  prepare(stage: Stage): Promise<() => Promise<void>>;
  /** A sentence that must come true, and what to do for it, in this order. */
  readonly steps: Readonly<Record<string, (stage: Stage) => Promise<void>>>;
}
