/** A command to type, and what it is good for: no full stop. */
export type Example = readonly [command: string, purpose: string];

const examples: Readonly<Record<string, readonly Example[]>> = {
  lint: [
    ['qpidha lint', 'the project in the current folder'],
    [
      'qpidha lint east/qpidd.conf replicas.qpid.yaml',
      'these files, judged together with those that belong to them',
    ],
    ['qpidha lint --fix', 'with all fixes that are certain'],
    ['qpidha lint --format json', 'for programs'],
    ['qpidha lint --fail-on warning', 'a stricter pipeline'],
    ['qpidha lint --watch', 'again with each change'],
  ],
  init: [
    ['qpidha init --dry-run', 'what would be written'],
    ['qpidha init deployment', 'for the files below that folder'],
  ],
  explain: [
    ['qpidha explain ha/queue-replication-off', 'a rule'],
    ['qpidha explain ha-replicate', 'an option of the broker'],
    ['qpidha explain security', 'the rules of an area'],
  ],
  rules: [['qpidha rules ha security', 'the rules of two areas']],
  effective: [
    [
      'qpidha effective /etc/qpid/qpidd.conf --env /usr/lib/systemd/system/qpidd.service',
      'as systemd starts it',
    ],
    ['qpidha effective qpidd.conf -- --port 5673', 'with arguments of its own'],
  ],
  test: [
    ['qpidha test', 'all *.qpid-test.yaml below the current folder'],
    ['qpidha test cluster.qpid-test.yaml --filter port', 'those with "port" in their names'],
    ['qpidha test --format junit > tests.xml', 'for a pipeline'],
  ],
  start: [
    ['qpidha start --queue orders --origin node1 --replica node2', 'one queue'],
    ['qpidha start --manifest replicas.qpid.yaml', 'all that a manifest wants'],
  ],
  status: [['qpidha status --replica node2', 'all that this broker replicates']],
  verify: [['qpidha verify --manifest replicas.qpid.yaml orders', 'one queue of a manifest']],
  stop: [['qpidha stop --queue orders --replica node2 --drain', 'once both queues are equal']],
  plan: [['qpidha plan --manifest replicas.qpid.yaml --out plan.json', 'to look at, and to apply later']],
  apply: [['qpidha apply plan.json', 'what was planned, unless the world has changed']],
  completion: [
    ['source <(qpidha completion bash)', 'in ~/.bashrc'],
    ['source <(qpidha completion zsh)', 'in ~/.zshrc, after compinit'],
    ['qpidha completion fish > ~/.config/fish/completions/qpidha.fish', 'once'],
  ],
};

export function examplesOf(command: string): readonly Example[] {
  return examples[command] ?? [];
}
