import type { LintReport } from '../lint/lint-report';
import type { ReportContext } from './context';

/** A report as a format has it; the last line ends. Neither reads nor writes anything. */
export type Print = (report: LintReport, context: ReportContext) => string;

interface Format {
  /** For whom it is, in a few words. */
  readonly description: string;
  /** Whether it needs `fingerprintOf`. */
  readonly fingerprints?: true;
  /** A run that prints text does not load the others. */
  load(): Promise<Print>;
}

/** All formats of `qpidha lint`, in the order in which help names them. */
export const formats = {
  text: {
    description: 'for people: each finding with its line, other places and cure',
    load: async () => {
      const { textReport } = await import('./text');
      return (report, { nameOf, colors }) => textReport(report, nameOf, colors);
    },
  },
  compact: {
    description: 'one line a finding, for editors and grep',
    load: async () => (await import('./compact')).compactReport,
  },
  json: {
    description: 'one document, with a published schema',
    load: async () => (await import('./json')).jsonReport,
  },
  jsonl: {
    description: 'one JSON object a line',
    load: async () => (await import('./json-lines')).jsonLinesReport,
  },
  sarif: {
    description: 'SARIF 2.1.0, for code scanning',
    fingerprints: true,
    load: async () => (await import('./sarif')).sarifReport,
  },
  github: {
    description: 'annotations and the log of a GitHub workflow',
    load: async () => (await import('./github')).githubReport,
  },
  gitlab: {
    description: 'the Code Quality report of GitLab',
    fingerprints: true,
    load: async () => (await import('./gitlab')).gitlabReport,
  },
  junit: {
    description: 'JUnit XML, for the test reports of Jenkins, GitLab and others',
    load: async () => (await import('./junit')).junitReport,
  },
  checkstyle: {
    description: 'Checkstyle XML, for Jenkins, reviewdog and others',
    load: async () => (await import('./checkstyle')).checkstyleReport,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

export function formatOf(name: FormatName): Format {
  return formats[name];
}
