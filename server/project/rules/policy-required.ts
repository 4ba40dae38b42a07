import type { Rule } from '../../text/rule';
import { policyExample } from '../examples';
import { reportPolicy } from '../policy';
import type { Project } from '../project';

const policy = 'require:\n    acl-file: any\n    auth: yes\n';
const release = (name: string) => `broker: "${name}"\n`;

export const policyRequired: Rule<Project> = {
  id: 'policy/required',
  title: 'An option that the policy requires is not set',
  severity: 'error',
  why: 'The project configuration of this file, or one on which it builds, has a `policy` with this option under `require`: it has to stand in the file, even where the default of the broker would do. A file for a release that does not have the option is spared. Of an option that may stand on several lines, such as `load-module`, one line has to have a value that the policy names.',
  source: 'The project configuration: `docs/configuration.md`, Policies.',
  bad: [
    policyExample(
      policy,
      'port=5672\nacl-file=/etc/qpid/qpidd.acl\n',
      'port=5672\nacl-file=/etc/qpid/qpidd.acl\nauth=yes\n',
    ),
    policyExample(policy, 'auth=yes\n'),
    policyExample(
      'require:\n    load-module: { match: "*/amqp.so", because: our clients speak AMQP 1.0 }\n',
      'load-module=/usr/lib64/qpid/daemon/ha.so\n',
    ),
    policyExample('require:\n    link-heartbeat-interval: { max: 30 }\n', 'auth=yes\n'),
  ],
  good: [
    policyExample(policy, 'acl-file=/etc/qpid/qpidd.acl\nauth=true\n'),
    policyExample('require:\n    session-max-unacked: any\n', 'auth=yes\n', undefined, release('1.36')),
    policyExample(
      'require:\n    load-module: { match: "*/amqp.so" }\n',
      'load-module=/usr/lib64/qpid/daemon/ha.so\nload-module=/usr/lib64/qpid/daemon/amqp.so\n',
    ),
  ],
  check: (project, report) => reportPolicy(project, 'required', report),
};
