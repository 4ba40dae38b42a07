import { type ConfDocument, effectiveBoolean, settingOf } from './model';

/** Settings that make a broker one of three kinds; no line of them is blank, since a file with CRLF has none. */
export interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
  /** The same with tab stops, as editors write them: `ha-brokers-url=${1:node1,node2,node3}`. */
  readonly template: string;
}

type Part = SettingPart | { readonly comment: string };

interface SettingPart {
  readonly name: string;
  readonly value: string;
  /** The value is an example to type over, or one of several to choose from. */
  readonly typeOver?: true | readonly string[];
  /** Only a broker that asks for logins needs it. */
  readonly login?: true;
}

const mode: Part = { name: 'ha-queue-replication', value: 'yes' };
const heartbeat: Part = { name: 'link-heartbeat-interval', value: '5' };
const accessList: Part = { name: 'acl-file', value: '/etc/qpid/qpidd.acl', typeOver: true, login: true };

/** The login of the links that the broker opens itself. */
const login: readonly Part[] = [
  { name: 'ha-username', value: 'qpid-ha', typeOver: true, login: true },
  { name: 'ha-password', value: '', typeOver: true, login: true },
  {
    name: 'ha-mechanism',
    value: 'SCRAM-SHA-256',
    typeOver: ['SCRAM-SHA-256', 'DIGEST-MD5', 'PLAIN', 'EXTERNAL', 'GSSAPI'],
    login: true,
  },
];

const kinds: readonly { readonly label: string; readonly detail: string; readonly parts: readonly Part[] }[] =
  [
    {
      label: 'stand-alone origin',
      detail: 'has the original queues',
      parts: [
        { comment: 'Stand-alone origin: other brokers replicate its queues.' },
        mode,
        heartbeat,
        // ConnectionHandler.cpp: with `auth=yes` and no ACL every link is refused.
        accessList,
      ],
    },
    {
      label: 'stand-alone replica broker',
      detail: 'has the replicas',
      parts: [
        { comment: 'Stand-alone replica broker: holds replicas of the queues of other brokers.' },
        mode,
        heartbeat,
        ...login,
      ],
    },
    {
      label: 'cluster member',
      detail: 'primary or backup',
      parts: [
        { comment: 'Cluster member: the list of brokers is the same on all of them.' },
        { name: 'ha-cluster', value: 'yes' },
        { name: 'ha-brokers-url', value: 'node1,node2,node3', typeOver: true },
        { name: 'ha-replicate', value: 'all', typeOver: ['all', 'configuration', 'none'] },
        heartbeat,
        accessList,
        ...login,
      ],
    },
  ];

/** For a file that does not say yet which kind of broker it makes; without what it has already set. */
export function snippets(document: ConfDocument): readonly Snippet[] {
  if (['ha-queue-replication', 'ha-cluster'].some((name) => settingOf(document, name) !== undefined))
    return [];
  const asksForLogins = effectiveBoolean(document, 'auth');
  return kinds.map(({ label, detail, parts }) => {
    const wanted = [...moduleNeeded(document), ...parts].filter(
      (part) =>
        'comment' in part ||
        (settingOf(document, part.name) === undefined && (asksForLogins || part.login === undefined)),
    );
    return { label, detail, text: written(wanted, plainValue), template: written(wanted, tabStop) };
  });
}

/** Where the module directory does not bring it. */
function moduleNeeded({ modules }: ConfDocument): readonly Part[] {
  return modules.absence('ha.so') === undefined
    ? []
    : [{ name: 'load-module', value: '/usr/lib64/qpid/daemon/ha.so', typeOver: true }];
}

function written(parts: readonly Part[], value: (part: SettingPart, number: number) => string): string {
  let stops = 0;
  const lines = parts.map((part) => {
    if ('comment' in part) return `# ${part.comment}`;
    if (part.typeOver !== undefined) stops += 1;
    return `${part.name}=${value(part, stops)}`;
  });
  return lines.join('\n');
}

function plainValue({ value }: SettingPart): string {
  return value;
}

/** Only values of our own come here: none has a `$`, `}`, `|` or backslash to be escaped. */
function tabStop({ value, typeOver }: SettingPart, number: number): string {
  if (typeOver === undefined) return value;
  if (typeOver === true) return value === '' ? `$${number}` : `\${${number}:${value}}`;
  return `\${${number}|${typeOver.join(',')}|}`;
}
