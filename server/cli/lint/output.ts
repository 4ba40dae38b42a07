import picocolors from 'picocolors';
import type { LintReport } from '../../lint/lint-report';
import { jsonReport } from '../../report/json';
import { textReport } from '../../report/text';
import { namesFrom } from './names';
import type { LintCommandOptions } from './options';

export function print(report: LintReport, { format, cwd, color }: LintCommandOptions): string {
  const nameOf = namesFrom(cwd);
  switch (format) {
    case 'json':
      return jsonReport(report, nameOf);
    case 'text':
      return textReport(report, nameOf, picocolors.createColors(color));
  }
}
