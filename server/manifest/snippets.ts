import type { Manifest } from './model';
import type { Level } from './place';

/** Several lines at once. Lines after the first stand in the column of the line that they are written into. */
export interface ManifestSnippet {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
  /** The same with tab stops. */
  readonly template: string;
}

/** What may begin at a place where nothing is written yet. */
export function snippetsFor(level: Level, { brokers }: Manifest): readonly ManifestSnippet[] {
  switch (level) {
    case 'manifest':
      return [wholeManifest];
    case 'brokers':
      return [broker];
    case 'replication':
      return [replication(brokers.map(({ name }) => name.value))];
    default:
      return [];
  }
}

const wholeManifest: ManifestSnippet = {
  label: 'manifest of two brokers',
  detail: 'a queue, its origin and its replica',
  ...written(
    (stop) =>
      `version: 1\n\nbrokers:\n  ${stop(1, 'node1')}:\n    address: ${stop(2, 'node1')}\n  ${stop(3, 'node2')}:\n    address: ${stop(4, 'node2')}\n\nreplications:\n  - queue: ${stop(5, 'myqueue')}\n    from: ${stop(1, 'node1')}\n    to: ${stop(3, 'node2')}\n`,
  ),
};

const broker: ManifestSnippet = {
  label: 'broker',
  detail: 'a name and an address',
  ...written((stop) => `${stop(1, 'node1')}:\n  address: ${stop(2, 'node1')}`),
};

/** Its keys stand behind a dash and a blank. */
function replication(brokers: readonly string[]): ManifestSnippet {
  const [first = 'node1', second = 'node2'] = brokers.filter((name) => /^[\w.-]+$/.test(name));
  return {
    label: 'replication',
    detail: 'a queue, its origin and its replica',
    ...written((stop) => `queue: ${stop(1, 'myqueue')}\n  from: ${stop(2, first)}\n  to: ${stop(3, second)}`),
  };
}

type Stop = (number: number, example: string) => string;

function written(write: (stop: Stop) => string): Pick<ManifestSnippet, 'text' | 'template'> {
  return {
    text: write((_, example) => example),
    template: write((number, example) => `\${${number}:${example}}`),
  };
}
