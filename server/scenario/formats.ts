import type { FormatContext } from './format-context';
import type { TestReport } from './result';

/** One format a file, each a pure function; loaded when it is asked for. */
export type TestFormat = (report: TestReport, context: FormatContext) => string;

const loaders = {
  text: async (): Promise<TestFormat> => (await import('./format-text')).textReport,
  compact: async (): Promise<TestFormat> => (await import('./format-compact')).compactReport,
  json: async (): Promise<TestFormat> => (await import('./format-json')).jsonReport,
  junit: async (): Promise<TestFormat> => (await import('./format-junit')).junitReport,
} as const;

export type TestFormatName = keyof typeof loaders;

export function loadTestFormat(name: TestFormatName): Promise<TestFormat> {
  return loaders[name]();
}
