import type { Services } from '../services';

export async function restartServer({ client }: Services): Promise<void> {
  await client.restart();
}
