import { type InputBoxOptions, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type CheckAddressParams, checkAddress, type ReplicationTarget } from '../server/lsp/requests';
import type { TargetQuestion } from './target-question';

const addressExample = 'host[:port], amqps://host for TLS, several separated by commas for one cluster';

/** Asks for queue and addresses, one box each. Undefined when the user gives up. */
export async function askForAddresses(
  client: LanguageClient,
  verb: TargetQuestion,
): Promise<ReplicationTarget | undefined> {
  const steps = verb.needsOrigin ? 3 : 2;
  const validateAddress = async (address: string): Promise<string | null> =>
    await client.sendRequest<string | null>(checkAddress, { address } satisfies CheckAddressParams);

  const queue = await box(verb, 1, steps, {
    prompt: 'Name of the queue',
    validateInput: (text) => (text === '' ? 'The name of a queue is needed.' : undefined),
  });
  if (queue === undefined) return undefined;
  const origin = verb.needsOrigin
    ? await box(verb, 2, steps, {
        prompt: 'Address of the origin broker, which has the queue',
        placeHolder: addressExample,
        validateInput: validateAddress,
      })
    : '';
  if (origin === undefined) return undefined;
  const replica = await box(verb, steps, steps, {
    prompt: 'Address of the replica broker',
    placeHolder: addressExample,
    validateInput: validateAddress,
  });
  if (replica === undefined) return undefined;
  return { kind: 'addresses', queue, replica, ...(origin === '' ? {} : { origin }) };
}

async function box(
  verb: TargetQuestion,
  step: number,
  steps: number,
  options: InputBoxOptions,
): Promise<string | undefined> {
  return await window.showInputBox({
    ...options,
    title: `${verb.title} (${step}/${steps})`,
    ignoreFocusOut: true,
  });
}
