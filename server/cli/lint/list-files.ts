import type { Project, ReportedBecause } from '../../project/project';
import type { NameOf } from '../../report/place';
import { visible } from '../../report/visible';

/** One line for each file that is checked; behind a tab why, if that is asked for. */
export function fileList(
  { reported, configsInForce, unread }: Project,
  nameOf: NameOf,
  withReasons: boolean,
): string {
  const all = new Map<string, string>();
  for (const [uri, because] of reported)
    if (unread.get(uri)?.reason !== 'missing') all.set(visible(nameOf(uri)), reasons[because]);
  for (const uri of configsInForce) {
    const name = visible(nameOf(uri));
    if (!all.has(name)) all.set(name, 'configuration of the others');
  }
  return [...all]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, reason]) => (withReasons ? `${name}\t${reason}\n` : `${name}\n`))
    .join('');
}

const reasons: Readonly<Record<ReportedBecause, string>> = {
  named: 'named on the command line',
  name: 'by its name',
  content: 'by its content',
  linked: 'named by a manifest or a configuration',
};
