import type { Credentials } from '../../amqp/contract';
import type { Failure } from '../../amqp/errors';
import { Secret } from '../../amqp/secret';
import type { EmbeddedBrokerSettings } from '../settings';

/** In the broker's words; `final` where it never tries again (broker/Link.cpp notifyConnectionForced). */
export function describeFailure(reason: Failure): { readonly text: string; readonly final: boolean } {
  const text = reason.text ?? '';
  switch (reason.kind) {
    case 'authentication':
      return {
        final: true,
        text: `connection-forced: ${/mechanism/.test(text) ? 'Unsupported mechanism' : 'Authentication failed'}`,
      };
    case 'unreachable':
      return { final: false, text: systemText(text) };
    case 'timeout':
      return { final: false, text: 'Connection timed out' };
    case 'protocol':
    case 'not-amqp':
      return { final: false, text };
    default:
      // With a condition, the peer has closed the connection on purpose.
      return reason.condition === undefined
        ? { final: false, text: 'Closed by peer' }
        : { final: true, text };
  }
}

/** An unknown name is reported by the number of another error (recorded). */
const systemTexts: readonly (readonly [RegExp, string])[] = [
  [/refused/, 'Connection refused'],
  [/not found|resolved/, 'Bad file descriptor'],
  [/no route/, 'No route to host'],
  [/unreachable/, 'Network is unreachable'],
  [/timed out/, 'Connection timed out'],
];

function systemText(text: string): string {
  return systemTexts.find(([pattern]) => pattern.test(text))?.[1] ?? text;
}

/** Only what the configuration says; what the URL says is ignored. */
export function credentialsOf(settings: EmbeddedBrokerSettings): Credentials | undefined {
  const { haUsername, haPassword, haMechanism, authentication } = settings;
  const usesPlain = /\bPLAIN\b/.test(haMechanism) || (haMechanism === '' && authentication);
  if (!usesPlain || haUsername === '') return undefined;
  return { username: haUsername, password: haPassword ?? new Secret('') };
}
