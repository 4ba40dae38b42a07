import type { Rule } from '../../text/rule';
import { reportProblems } from '../../yaml/problem';
import type { ConfigDocument } from '../config-document';

export const policy: Rule<ConfigDocument> = {
  id: 'config/policy',
  title: 'A policy that no file could keep to, or that says nothing',
  severity: 'error',
  why: 'A policy names options of the broker, and values that the broker takes. An option that does not exist is never set, and a value that the broker refuses helps nobody: what was to be enforced would not be, without a word. An entry that contradicts one before it has no effect; neither has one that is wrong itself.',
  source:
    'The options of this release, and the values that the broker takes; the format of the project configuration, version 1.',
  bad: [
    {
      files: { 'qpidha.config.yaml': 'version: 1\npolicy:\n  require:\n    acl-flie: any\n' },
      fixed: { 'qpidha.config.yaml': 'version: 1\npolicy:\n  require:\n    acl-file: any\n' },
    },
    {
      files: { 'qpidha.config.yaml': 'version: 1\npolicy:\n  forbid: [ha-brokers]\n' },
      fixed: { 'qpidha.config.yaml': 'version: 1\npolicy:\n  forbid: [ha-brokers-url]\n' },
    },
    {
      files: {
        'qpidha.config.yaml': 'version: 1\npolicy:\n  allow:\n    default-queue-limit: { max: 100M }\n',
      },
    },
    {
      files: {
        'qpidha.config.yaml': 'version: 1\npolicy:\n  allow:\n    max-connections: { min: 500, max: 50 }\n',
      },
    },
    { files: { 'qpidha.config.yaml': 'version: 1\npolicy:\n  require:\n    auth: yes\n  forbid: [auth]\n' } },
  ],
  good: [
    {
      files: {
        'qpidha.config.yaml':
          'version: 1\npolicy:\n  require:\n    auth: yes\n    link-heartbeat-interval: { max: 30s, because: a lost broker is noticed in time }\n  forbid: [no-data-dir]\n  allow:\n    log-enable: [notice+, warning+]\n    acl-file: { match: /etc/qpid/*.acl }\n',
      },
    },
  ],
  check: (document, report) => reportProblems(document, 'meaning', report),
};
