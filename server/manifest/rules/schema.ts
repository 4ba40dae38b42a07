import type { Rule } from '../../text/rule';
import { reportProblems } from '../../yaml/problem';
import type { ManifestDocument } from '../manifest-document';

export const schema: Rule<ManifestDocument> = {
  id: 'manifest/schema',
  title: 'A key is unknown or missing, or has a value of the wrong kind',
  severity: 'error',
  why: 'A manifest is read strictly: a misspelt `linkAdress` that is passed over in silence would start a replication over the wrong network. The format is published as a JSON schema, `docs/schemas/replicas.schema.json`.',
  source: 'The format of the manifest, version 1.',
  bad: [
    {
      files: { 'replicas.qpid.yaml': 'version: 1\nbrokers:\n  node1:\n    adress: node1\n' },
      fixed: { 'replicas.qpid.yaml': 'version: 1\nbrokers:\n  node1:\n    address: node1\n' },
    },
    {
      files: { 'replicas.qpid.yaml': 'brokers:\n  node1:\n    address: node1\n' },
      fixed: { 'replicas.qpid.yaml': 'version: 1\nbrokers:\n  node1:\n    address: node1\n' },
    },
    {
      files: {
        'replicas.qpid.yaml':
          'version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2 }\nreplications:\n  - queue: 42\n    from: node1\n    to: node2\n    state: Stopped\n',
      },
      fixed: {
        'replicas.qpid.yaml':
          'version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2 }\nreplications:\n  - queue: "42"\n    from: node1\n    to: node2\n    state: stopped\n',
      },
    },
    { files: { 'replicas.qpid.yaml': 'version: 1\nbrokers:\n  node1: node1:5672\n' } },
    { files: { 'replicas.qpid.yaml': '' } },
  ],
  good: [
    {
      files: {
        'replicas.qpid.yaml':
          'version: 1\nbrokers:\n  node1: { address: node1 }\n  node2: { address: node2, config: node2/qpidd.conf }\nreplications:\n  - { queue: myqueue, from: node1, to: node2, create: never }\n',
      },
    },
  ],
  check: (document, report) => reportProblems(document, 'schema', report),
};
