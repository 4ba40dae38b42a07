import type { Severity } from '../../text/finding';
import type { Rule } from '../../text/rule';
import { type ConfDocument, type SettingContent, settingsThat } from '../model';
import { bad, good, offerBy, replacement, reportEach } from './report';

export const oddDuration: Rule<ConfDocument> = {
  id: 'conf/odd-duration',
  title: 'Duration that has another effect than it seems',
  severity: 'warning',
  why: 'The broker counts nanoseconds in 64 bits and checks nothing: `inf`, `nan` and anything beyond 292 years become garbage, with which `queue-purge-interval` aborts the broker. With `link-maintenance-interval` at 0 or below, every link keeps the broker busy, and 0 floods the log.\n\nThe heartbeat of links is cut to whole seconds: below one second, although the book allows it, heartbeats are off, and a hung peer is never noticed. It is counted in 16 bits, as is `mgmt-pub-interval`, which is at least one second.',
  source: 'sys/posix/Time.cpp, sys/Timer.cpp, ConnectionHandler.cpp:435; measured',
  bad: [
    bad('link-heartbeat-interval=0.5\n', 'link-heartbeat-interval=1\n'),
    bad('link-heartbeat-interval=inf\n'),
    bad('link-maintenance-interval=0\n', 'link-maintenance-interval=2\n'),
    bad('mgmt-pub-interval=-1\n'),
    bad('mgmt-pub-interval=100ms\n', 'mgmt-pub-interval=1\n'),
    bad('link-heartbeat-interval=65536\n'),
    bad('queue-purge-interval=inf\n', 'queue-purge-interval=0\n'),
  ],
  good: [
    good('link-heartbeat-interval=10\n'),
    good('queue-purge-interval=0\n'),
    good('ha-backup-timeout=500ms\n'),
  ],
  check(document, report) {
    const odd = settingsThat(document, isOdd).flatMap((setting) => {
      const oddity = oddityOf(setting);
      return oddity === undefined ? [] : [{ setting, ...oddity }];
    });
    reportEach(document, report, odd, ({ setting, severity, message, instead }) => ({
      uri: document.source.uri,
      span: setting.value,
      severity,
      message,
      ...(instead === undefined
        ? {}
        : { fix: offerBy(`Change to "${instead}"`, replacement(document, setting.value, instead)) }),
    }));
  },
};

/** Seconds whose nanoseconds do not fit into 64 bits: what comes of them stops the timer of the purge. */
const unrepresentable = 2 ** 63 / 1e9;

/** Seconds whose nanoseconds, added to the time since the machine started, still fit into 64 bits. */
const longest = 9.22e9;

function isOdd(setting: SettingContent): boolean {
  return oddityOf(setting) !== undefined;
}

interface Oddity {
  readonly severity: Severity;
  readonly message: string;
  /** What may be meant. */
  readonly instead?: string;
}

function oddityOf({ option, understood }: SettingContent): Oddity | undefined {
  if (understood.kind !== 'duration') return undefined;
  const { seconds } = understood;
  const { name } = option;
  const warning = (message: string, instead?: string): Oddity => ({
    severity: 'warning',
    message,
    ...(instead === undefined ? {} : { instead }),
  });
  if (!(Math.abs(seconds) < longest)) {
    return name === 'queue-purge-interval' && !(Math.abs(seconds) < unrepresentable)
      ? {
          severity: 'error',
          message: 'The broker aborts with this interval: write a number of seconds, or 0 for no purge.',
          instead: '0',
        }
      : warning(`The broker turns this value of "${name}" into garbage: write a number of seconds.`);
  }
  if (name === 'link-maintenance-interval' && seconds <= 0) {
    return warning(
      'Without a positive interval every link makes the broker busy without a pause: write 2, the default.',
      '2',
    );
  }
  if (seconds < 0)
    return warning(`The broker accepts a negative "${name}" and checks nothing: write a positive number.`);
  if (name === 'link-heartbeat-interval' && seconds > 0 && seconds < 1) {
    return warning(
      'Heartbeats are cut to whole seconds: this turns them off, and a hung peer is never noticed. Write 1 or more.',
      '1',
    );
  }
  if (!inSeconds.has(name)) return undefined;
  if (seconds >= 2 ** 16)
    return warning(`The broker counts these seconds in 16 bits, and takes ${Math.trunc(seconds) % 2 ** 16}.`);
  return seconds < 1 && seconds > 0
    ? warning('The shortest interval is 1 second, which the broker takes.', '1')
    : undefined;
}

/** Whole seconds, in 16 bits (ConnectionHandler.cpp tune, Broker.cpp). */
const inSeconds: ReadonlySet<string> = new Set(['link-heartbeat-interval', 'mgmt-pub-interval']);
