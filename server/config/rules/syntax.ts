import type { Rule } from '../../text/rule';
import { reportProblems } from '../../yaml/problem';
import type { ConfigDocument } from '../config-document';

export const syntax: Rule<ConfigDocument> = {
  id: 'config/syntax',
  title: 'The project configuration is no YAML or JSON',
  severity: 'error',
  why: 'Of a file that is not well formed nobody can say what it wants, so nothing in it has any effect: files are checked as if there were none. YAML is indented with blanks only, and a key is written once in its mapping.',
  source: 'YAML 1.2.2; of several equal keys most readers silently take the last.',
  bad: [
    { files: { 'qpidha.config.yaml': 'version: 1\nrules:\n\tha/both-modes: off\n' } },
    { files: { 'qpidha.config.yaml': 'version: 1\nbroker: "1.36"\nbroker: "1.39"\n' } },
    { files: { 'qpidha.config.json': '{ "version": 1, "rules": { }\n' } },
    { files: { 'qpidha.config.json': '{ "version": 1, "broker": "1.36", }\n' } },
  ],
  good: [
    { files: { 'qpidha.config.yaml': 'version: 1\nrules:\n  ha/both-modes: off\n' } },
    { files: { 'qpidha.config.json': '{ "version": 1, "broker": "1.36" }\n' } },
  ],
  check: (document, report) => reportProblems(document, 'syntax', report),
};
