import { type QuickPickItem, window } from 'vscode';
import type { WatchParams } from '../../server/lsp/requests';
import { chooseManifest, nameOf } from '../manifest';
import type { Services } from '../services';
import { type NextStep, showResult } from '../show-result';
import { mayContactBrokers } from '../trust';

const title = 'Watch Manifest';

interface HealItem extends QuickPickItem {
  readonly heal?: NonNullable<WatchParams['heal']>;
}

/** The first changes nothing, and is what Enter takes. */
const items: readonly HealItem[] = [
  { label: 'Tell', detail: 'Only tells what changes.' },
  {
    label: 'Tell and heal',
    detail: 'Also starts again what the manifest wants and what does not run, where the replica is empty.',
    heal: 'empty',
  },
  {
    label: 'Tell and heal, also by rebuilding…',
    detail: 'Also where the replica holds messages: they are moved aside.',
    heal: 'rebuild',
  },
];

/** Until it is told to end, or the window closes. */
export async function watchManifest(services: Services, argument: unknown): Promise<void> {
  if (!mayContactBrokers()) return;
  const { client, watches, reports } = services;
  const manifest = await chooseManifest(client, argument, title);
  if (manifest === undefined) return;
  const placeHolder = `What is to be done when something happens to ${nameOf(manifest)}?`;
  const chosen = await window.showQuickPick(items, { title, placeHolder });
  if (chosen === undefined) return;
  watches.output.show(true);
  const { heal } = chosen;
  const result = await watches.follow(manifest, heal === undefined ? {} : { heal });
  if (result === undefined) return;
  const again: NextStep = { label: 'Watch Again', run: () => watchManifest(services, manifest) };
  await showResult(reports, `Watching ${nameOf(manifest)}`, result, [again]);
}
