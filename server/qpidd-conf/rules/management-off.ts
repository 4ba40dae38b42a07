import type { Rule } from '../../text/rule';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const managementOff: Rule<ConfDocument> = {
  id: 'ha/management-off',
  title: 'HA without management',
  severity: 'error',
  why: 'HA is controlled through QMF. With `mgmt-enable=no` a cluster member gives up at start-up: `Cannot start HA: management is disabled`. A stand-alone broker with `ha-queue-replication=yes` starts, logs a warning, and has no HA at all: every attempt to replicate a queue fails.',
  source: 'ha/HaPlugin.cpp earlyInitialize; measured',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nmgmt-enable=no\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nmgmt-enable=yes\n',
    ),
    bad('mgmt-enable=no\nha-queue-replication=yes\n', 'mgmt-enable=yes\nha-queue-replication=yes\n'),
  ],
  good: [good('mgmt-enable=no\n'), good('ha-queue-replication=yes\nmgmt-enable=yes\n')],
  check(document, report) {
    const management = settingOf(document, 'mgmt-enable');
    if (management === undefined || effectiveBoolean(document, 'mgmt-enable')) return;
    const cluster = effectiveBoolean(document, 'ha-cluster');
    const mode = settingOf(document, cluster ? 'ha-cluster' : 'ha-queue-replication');
    if (mode === undefined || !(cluster || effectiveBoolean(document, 'ha-queue-replication'))) return;
    const { uri } = document.source;
    report({
      uri,
      span: management.value,
      severity: cluster ? 'error' : 'warning',
      message: cluster
        ? 'A cluster member gives up at start-up without management: set "mgmt-enable" to yes, or remove the line.'
        : 'Without management the broker runs without HA, and no queue can be replicated: set "mgmt-enable" to yes, or remove the line.',
      related: [{ uri, span: mode.line.span, message: 'HA is switched on here.' }],
      fix: fixBy('Turn management on', replacement(document, management.value, 'yes')),
    });
  },
};
