import { brokerOptions, type Option } from '../../server/qpidd-conf/catalogue';

/** One configuration to measure with, and the lines to type at. */
export interface BenchFile {
  readonly name: string;
  readonly text: string;
  readonly places: readonly { readonly name: string; readonly line: number }[];
}

const logRules = ['debug+:HA', 'info+', 'notice+:Broker', 'warning+:Security', 'trace+:qpid::ha::'];

/** Two options, repeated to size: as plain as a file of so many lines can be. */
export function plainFile(lines: number): BenchFile {
  const body = Array.from({ length: lines - 3 }, (_, index) =>
    index % 5 === 0 ? `# group ${index}` : `log-enable=debug+:Category${index}`,
  );
  return file('plain', ['auth=no', 'ha-queue-replication=yes', ...body, 'port=567']);
}

/** Every option that the broker has, each with its comment, log rules up to the size, and a few faults all over it. */
export function variedFile(lines: number): BenchFile {
  const options = brokerOptions.filter(
    ({ module, inFile }) => module !== 'legacystore.so' && inFile === undefined,
  );
  const settings = options.flatMap((option) => [
    '',
    `# ${option.summary}`,
    `${option.name}=${exampleOf(option)}`,
  ]);
  const every = Math.ceil(lines / faults.length);
  const all: string[] = [];
  for (let index = 0; all.length < lines - 1; index += 1) {
    if (index % every === 0) all.push(faults[index / every] ?? '');
    const setting = settings[index];
    if (setting !== undefined) all.push(setting);
    else if (index % 7 === 0) all.push(`# lines like these tell more of what happens: ${index}`);
    else
      all.push(
        `log-enable=${logRules[index % logRules.length]}${index % 3 === 0 ? ` # since ${index}` : ''}`,
      );
  }
  return file('varied', [...all.slice(0, lines - 1), 'log-to-stderr=yes']);
}

const faults = [
  'worker-thread=4',
  'port = 5672',
  'log-enable=debg+',
  'max-connections=many',
  'log-level=info',
  'auth: yes',
  'sasl-config=/etc/sasl2',
  'log-enable=info+,debug+:HA',
];

function exampleOf({ type, default: standard, name }: Option): string {
  if ('value' in standard && standard.value !== '') return standard.value;
  switch (type.kind) {
    case 'boolean':
    case 'switch':
      return 'no';
    case 'integer':
      return '1';
    case 'duration':
      return '5s';
    case 'enum':
      return type.values[0] ?? '';
    case 'url':
      return 'node1,node2,node3';
    case 'log-rule':
      return 'notice+';
    default:
      return `/var/lib/qpidd/${name}`;
  }
}

function file(name: string, lines: readonly string[]): BenchFile {
  const longLine = (from: number) => lines.findIndex((line, index) => index >= from && line.length > 5);
  const places = [
    { name: 'top', line: longLine(2) },
    { name: 'middle', line: longLine(Math.floor(lines.length / 2)) },
    { name: 'end', line: lines.length - 1 },
  ];
  return { name, text: lines.join('\n'), places };
}
