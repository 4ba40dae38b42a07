import { effectiveSettings } from '../qpidd-conf/effective';
import { parseConf } from '../qpidd-conf/model';
import { effectivePage } from '../report/effective';
import { guardRequest } from './guard';
import { type EffectiveSettingsParams, effectiveSettings as method } from './requests';
import type { Feature } from './session';

/** Nobody but the machine that runs the broker knows its environment and its command line. */
const noOtherSources = { environment: new Map<string, string>(), args: [] } as const;

/** What a broker would really run with, as far as the file as it is in the editor tells. */
export const effective: Feature = {
  register({ connection, analysis, log }) {
    connection.onRequest(
      method,
      guardRequest(log, method, ({ uri }: EffectiveSettingsParams): string | null => {
        const source = analysis.view(uri)?.source;
        if (source === undefined) return null;
        return effectivePage(effectiveSettings({ document: parseConf(source), ...noOtherSources }));
      }),
    );
  },
};
