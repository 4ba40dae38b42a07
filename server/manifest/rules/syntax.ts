import type { Rule } from '../../text/rule';
import { reportProblems } from '../../yaml/problem';
import type { ManifestDocument } from '../manifest-document';

export const syntax: Rule<ManifestDocument> = {
  id: 'manifest/syntax',
  title: 'The file is no YAML or JSON',
  severity: 'error',
  why: 'Of a file that is not well formed nobody can say what it declares, so nothing in it is started, stopped or checked any further. YAML is indented with blanks only, and a key is written once in its mapping.',
  source: 'YAML 1.2.2; of several equal keys most readers silently take the last.',
  bad: [
    { files: { 'replicas.qpid.yaml': 'version: 1\nbrokers:\n\tnode1:\n\t\taddress: node1\n' } },
    {
      files: {
        'replicas.qpid.yaml': 'version: 1\nbrokers:\n  node1:\n    address: node1\n    address: node2\n',
      },
    },
    { files: { 'replicas.qpid.yaml': 'version: 1\nbrokers: {node1: {address: node1}\n' } },
  ],
  good: [
    { files: { 'replicas.qpid.yaml': 'version: 1\nbrokers:\n  node1:\n    address: node1\n' } },
    { files: { 'replicas.qpid.json': '{ "version": 1, "brokers": { "node1": { "address": "node1" } } }\n' } },
  ],
  check: (document, report) => reportProblems(document, 'syntax', report),
};
