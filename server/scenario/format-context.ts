import type { NameOf } from '../report/place';
import type { ReportColors } from '../report/text';

/** What a report depends on besides the results. */
export interface FormatContext {
  readonly nameOf: NameOf;
  readonly colors: ReportColors;
  /** Our own version. */
  readonly version: string;
}
