import type { Rule } from '../../text/rule';
import { policyExample } from '../examples';
import { reportPolicy } from '../policy';
import type { Project } from '../project';

const policy =
  'require:\n    auth: yes\n  allow:\n    link-heartbeat-interval: { min: 1, max: 30 }\n    log-enable: [notice+, warning+]\n    acl-file: { match: /etc/qpid/*.acl }\n';

export const policyValue: Rule<Project> = {
  id: 'policy/value',
  title: 'A value that the policy does not allow',
  severity: 'error',
  why: 'The project configuration of this file, or one on which it builds, has a `policy` that names the values of this option, under `require` or `allow`. Values are compared as the broker understands them: `true` is `yes`, and `30s` is `30`. What the broker refuses altogether is told by other rules.',
  source: 'The project configuration: `docs/configuration.md`, Policies.',
  bad: [
    policyExample(policy, 'auth=off\n', 'auth=yes\n'),
    policyExample(
      policy,
      'auth=yes\nlink-heartbeat-interval=120\n',
      'auth=yes\nlink-heartbeat-interval=30\n',
    ),
    policyExample(policy, 'auth=yes\nlog-enable=notice+\nlog-enable=debug+:HA\n'),
    policyExample(policy, 'auth=yes\nacl-file=/tmp/qpidd.acl\n'),
  ],
  good: [
    policyExample(policy, 'auth=TRUE\nlink-heartbeat-interval=30s\nlog-enable=warning+\n'),
    policyExample(policy, 'auth=1\nlink-heartbeat-interval=1500ms\n'),
    policyExample(policy, 'auth=yes\nacl-file=/etc/qpid/dc-east/qpidd.acl\n'),
  ],
  check: (project, report) => reportPolicy(project, 'value', report),
};
