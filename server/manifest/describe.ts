import { quotable } from './addresses';
import { type CompleteReplication, isComplete, type Manifest, type ManifestBroker } from './model';

/** Replications that a description lists. */
const shown = 10;

/** Text of the user's as a markdown code span, which nothing in it can end. */
export function code(text: string): string {
  const visible = quotable(text).replaceAll(/\s+/g, ' ');
  const longest = Math.max(0, ...(visible.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${visible}${fence}` : `${fence} ${visible} ${fence}`;
}

export function describeBroker({ name, address, configs }: ManifestBroker, manifest: Manifest): string {
  const endpoint = address?.endpoint;
  const cluster = endpoint !== undefined && endpoint.members.length > 1;
  const kind = cluster ? `Cluster of ${endpoint.members.length}` : 'Broker';
  const where = endpoint === undefined ? 'without a valid address' : `at ${code(endpoint.text)}`;
  const lines = [`**${kind}** ${code(name.value)} ${where}`];
  if (configs.length > 0) lines.push(`Configured by ${configs.map(({ value }) => code(value)).join(', ')}`);
  const complete = manifest.replications.filter(isComplete);
  const taking = complete.filter(({ from, to }) => from.value === name.value || to.value === name.value);
  if (taking.length > 0) lines.push(describeReplications(taking));
  return lines.join('\n\n');
}

export function describeQueue(queue: string, manifest: Manifest): string {
  const replications = manifest.replications.filter(isComplete).filter((one) => one.queue.value === queue);
  return [`**Queue** ${code(queue)}`, describeReplications(replications)].join('\n\n');
}

function describeReplications(replications: readonly CompleteReplication[]): string {
  const lines = replications.slice(0, shown).map(({ queue, from, to, state }) => {
    const stopped = state === 'stopped' ? ' (stopped)' : '';
    return `- ${code(queue.value)}: ${code(from.value)} → ${code(to.value)}${stopped}`;
  });
  if (replications.length > shown) lines.push(`- and ${replications.length - shown} more`);
  return lines.join('\n');
}
