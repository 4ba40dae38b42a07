import type { Rule } from '../../text/rule';
import { reportProblems } from '../../yaml/problem';
import type { ConfigDocument } from '../config-document';

export const schema: Rule<ConfigDocument> = {
  id: 'config/schema',
  title: 'A key of the project configuration is unknown, missing, or has a value of the wrong kind',
  severity: 'error',
  why: 'A configuration is read strictly: a misspelt `ovverides` that is passed over in silence would leave files unchecked, or checked by the wrong release. What is well formed has its effect all the same. The format is published as a JSON schema, `docs/schemas/qpidha.config.schema.json`.',
  source: 'The format of the project configuration, version 1.',
  bad: [
    {
      files: { 'qpidha.config.yaml': 'version: 1\nrule:\n  ha/both-modes: off\n' },
      fixed: { 'qpidha.config.yaml': 'version: 1\nrules:\n  ha/both-modes: off\n' },
    },
    {
      files: { 'qpidha.config.yaml': 'broker: "1.36"\n' },
      fixed: { 'qpidha.config.yaml': 'version: 1\nbroker: "1.36"\n' },
    },
    {
      files: { 'qpidha.config.yaml': 'version: 1\nbroker: 1.40\nrules:\n  ha/both-modes: Warning\n' },
      fixed: { 'qpidha.config.yaml': 'version: 1\nbroker: "1.40"\nrules:\n  ha/both-modes: warning\n' },
    },
    { files: { 'qpidha.config.yaml': 'version: 1\nbroker: "1.41"\n' } },
    { files: { 'qpidha.config.yaml': 'version: 1\nignore: [../other]\n' } },
    { files: { 'qpidha.config.yaml': 'version: 1\nclusters:\n  east: node1/qpidd.conf\n' } },
    { files: { 'qpidha.config.yaml': '' } },
  ],
  good: [
    {
      files: {
        'qpidha.config.yaml':
          'version: 1\nbroker: "1.36"\nrules:\n  security/*: error\n  ha/single-address: off\noverrides:\n  - files: [dc-old/**]\n    broker: "0.34"\nignore: [archive/]\n',
      },
    },
    { files: { 'qpidha.config.yaml': 'version: 1\nrules:\n  # ha/single-address: off\n' } },
  ],
  check: (document, report) => reportProblems(document, 'schema', report),
};
