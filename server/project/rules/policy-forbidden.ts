import type { Rule } from '../../text/rule';
import { policyExample } from '../examples';
import { reportPolicy } from '../policy';
import type { Project } from '../project';

const policy =
  'forbid:\n    - { option: no-data-dir, because: a restart would lose the messages }\n    - trace\n';

export const policyForbidden: Rule<Project> = {
  id: 'policy/forbidden',
  title: 'An option is set that the policy forbids',
  severity: 'error',
  why: 'The project configuration of this file, or one on which it builds, has a `policy` with this option under `forbid`: no line sets it, to whatever value. A stronger policy that mentions the option, as one under `overrides` with `allow: { OPTION: any }`, lifts that for its files.',
  source: 'The project configuration: `docs/configuration.md`, Policies.',
  bad: [
    policyExample(policy, 'auth=yes\nno-data-dir=no\n', 'auth=yes\n'),
    policyExample(policy, 'trace=yes\nauth=yes\n', 'auth=yes\n'),
  ],
  good: [
    policyExample(policy, 'auth=yes\n# no-data-dir=yes\n'),
    policyExample(
      policy,
      'no-data-dir=yes\n',
      undefined,
      'overrides:\n  - files: "*.conf"\n    policy:\n      allow: { no-data-dir: any }\n',
    ),
  ],
  check: (project, report) => reportPolicy(project, 'forbidden', report),
};
