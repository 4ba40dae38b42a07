import type { BadExample, ExampleFiles, GoodExample } from '../text/rule';

/** Files for the examples of rules that look at several of them. */

/** A cluster with these files, in the order of the addresses node1, node2 and so on. */
export function clusterExample(...confs: readonly string[]): GoodExample {
  return { files: clusterFiles(...confs) };
}

export function clusterFiles(...confs: readonly string[]): ExampleFiles {
  const names = confs.map((_, index) => `node${index + 1}`);
  const manifest = `version: 1\nbrokers:\n  east:\n    address: ${names.join(',')}\n    config: [${names.map(confOf).join(', ')}]\n`;
  const files = confs.map((text, index) => [confOf(names[index] ?? ''), text] as const);
  return { 'replicas.qpid.yaml': manifest, ...Object.fromEntries(files) };
}

/** Two brokers, node1 with the origin and node2 with the replica of one queue. */
export function pairExample(origin: string, replica: string, options: PairOptions = {}): GoodExample {
  return { files: pairFiles(origin, replica, options) };
}

export interface PairOptions {
  /** Of the origin broker; `node1` where it is left out. */
  readonly address?: string;
  /** More keys of the replication: `linkAddress: node1:5673`. */
  readonly replication?: readonly string[];
  readonly queues?: readonly string[];
}

export function pairFiles(
  origin: string,
  replica: string,
  { address = 'node1', replication = [], queues = ['myqueue'] }: PairOptions = {},
): ExampleFiles {
  const brokers = `  node1:\n    address: ${address}\n    config: ${confOf('node1')}\n  node2:\n    address: node2\n    config: ${confOf('node2')}\n`;
  const entries = queues.map(
    (queue) =>
      `  - queue: ${queue}\n    from: node1\n    to: node2\n${replication.map((line) => `    ${line}\n`).join('')}`,
  );
  return {
    'replicas.qpid.yaml': `version: 1\nbrokers:\n${brokers}replications:\n${entries.join('')}`,
    [confOf('node1')]: origin,
    [confOf('node2')]: replica,
  };
}

/**
 * A file below a configuration with a policy.
 *
 * @param policy what stands under `policy:`, indented by four blanks from its second line on.
 * @param more of the configuration.
 */
export function policyExample(
  policy: string,
  conf: string,
  fixed?: string,
  more = '',
): BadExample & GoodExample {
  const files = { 'qpidha.config.yaml': `version: 1\n${more}policy:\n  ${policy}`, 'qpidd.conf': conf };
  return fixed === undefined ? { files } : { files, fixed: { 'qpidd.conf': fixed } };
}

function confOf(name: string): string {
  return `${name}/qpidd.conf`;
}
