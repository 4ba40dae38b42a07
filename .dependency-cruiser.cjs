// The walls between the rooms. A room may import what stands below it in this table, and nothing else.

/** Room → the rooms it may import. */
const rooms = {
  text: [],
  address: [],
  yaml: ['text'],
  'qpidd-conf': ['text', 'address'],
  manifest: ['text', 'address', 'yaml'],
  config: ['text', 'address', 'yaml', 'qpidd-conf'],
  project: ['text', 'address', 'qpidd-conf', 'manifest', 'config'],
  lint: ['text', 'yaml', 'qpidd-conf', 'manifest', 'config', 'project'],
  report: ['text', 'qpidd-conf', 'lint'],
  scenario: ['text', 'yaml', 'qpidd-conf', 'config', 'project', 'lint', 'report'],
  amqp: ['address'],
  replication: ['text', 'address', 'manifest', 'amqp'],
  shell: ['text'],
  import: ['text', 'address', 'manifest', 'report', 'amqp', 'replication', 'shell'],
  'embedded-broker': ['text', 'address', 'qpidd-conf', 'amqp'],
  lsp: [
    'text',
    'address',
    'qpidd-conf',
    'manifest',
    'config',
    'project',
    'lint',
    'report',
    'amqp',
    'replication',
  ],
  cli: [
    'text',
    'address',
    'qpidd-conf',
    'manifest',
    'project',
    'lint',
    'report',
    'scenario',
    'amqp',
    'replication',
    'import',
    'embedded-broker',
    'lsp',
  ],
};

const walls = Object.entries(rooms).map(([room, allowed]) => ({
  name: `walls-of-${room}`,
  severity: 'error',
  from: { path: `^server/${room}/` },
  to: { path: '^server/', pathNot: `^server/(${[room, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'rhea-only-in-amqp',
      severity: 'error',
      comment: 'And the client of the soak, which must not share anything with the engine.',
      from: { pathNot: '^server/amqp/|^test/soak/independent-client\\.ts$' },
      to: { path: 'node_modules/rhea/' },
    },
    {
      name: 'no-vscode-in-server',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^vscode$|node_modules/vscode-languageclient/' },
    },
    {
      name: 'no-connection-below-the-doors',
      comment: 'Only the language server speaks LSP; the rooms below use the plain types.',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/lsp/' },
      to: { path: 'node_modules/vscode-languageserver/' },
    },
    {
      name: 'client-knows-only-the-requests',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/', pathNot: '^server/lsp/requests\\.ts$' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(client|server)/' },
      to: { path: '^test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$|^test/|main\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
