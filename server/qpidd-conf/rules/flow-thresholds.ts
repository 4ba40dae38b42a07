import type { Fix } from '../../text/finding';
import type { Rule } from '../../text/rule';
import { type ConfDocument, effectiveInteger, type Setting, settingOf } from '../model';
import { bad, fixBy, good, insertion, offerBy } from './report';

const stopName = 'default-flow-stop-threshold';
const resumeName = 'default-flow-resume-threshold';

export const flowThresholds: Rule<ConfDocument> = {
  id: 'conf/flow-thresholds',
  title: 'Flow control that would resume before it stops',
  severity: 'error',
  why: 'The threshold at which producers resume must not be above the one at which they are stopped: the broker gives up at start-up. The defaults count too, 80 to stop and 70 to resume, so that `default-flow-stop-threshold=0` alone, meant to turn flow control off, is refused: set both.',
  source: 'QueueFlowLimit.cpp setDefaults; measured',
  bad: [
    bad(
      'default-flow-stop-threshold=60\n',
      'default-flow-resume-threshold=50\ndefault-flow-stop-threshold=60\n',
    ),
    bad('default-flow-resume-threshold=90\n'),
    bad('default-flow-stop-threshold=50\ndefault-flow-resume-threshold=60\n'),
    bad(
      'default-flow-stop-threshold=0\n',
      'default-flow-resume-threshold=0\ndefault-flow-stop-threshold=0\n',
    ),
  ],
  good: [
    good('default-flow-stop-threshold=90\ndefault-flow-resume-threshold=80\n'),
    good('default-flow-stop-threshold=0\ndefault-flow-resume-threshold=0\n'),
    good('default-flow-stop-threshold=70\n'),
  ],
  check(document, report) {
    const stop = effectiveInteger(document, stopName);
    const resume = effectiveInteger(document, resumeName);
    // A ratio above 100 is refused for itself.
    if (resume <= stop || resume > 100) return;
    const stopSetting = settingOf(document, stopName);
    const resumeSetting = settingOf(document, resumeName);
    const setting = resumeSetting ?? stopSetting;
    if (setting === undefined) return;
    const { uri } = document.source;
    const note = (value: number, isSet: boolean) => `${value}${isSet ? '' : ', its default'}`;
    report({
      uri,
      span: setting.value,
      message: `"${resumeName}" (${note(resume, resumeSetting !== undefined)}) is above "${stopName}" (${note(stop, stopSetting !== undefined)}), and the broker gives up at start-up: set both.`,
      ...(resumeSetting !== undefined && stopSetting !== undefined
        ? { related: [{ uri, span: stopSetting.value, message: 'Producers are stopped at this threshold.' }] }
        : {}),
      ...(resumeSetting === undefined && stopSetting !== undefined ? cure(document, stopSetting, stop) : {}),
    });
  },
};

/** As far below as with the defaults. 0 can only mean no flow control at all. */
function cure(document: ConfDocument, { line }: Setting, stop: number): { readonly fix: Fix } {
  const newLine = `${resumeName}=${Math.max(stop - 10, 0)}`;
  const offer = stop === 0 ? fixBy : offerBy;
  return { fix: offer(`Add "${newLine}"`, insertion(document, line, newLine)) };
}
