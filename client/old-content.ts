import { type QuickPickItem, window } from 'vscode';
import type { RebuildParams } from '../server/lsp/requests';

interface ContentItem extends QuickPickItem {
  readonly discard: boolean;
}

const items: readonly ContentItem[] = [
  {
    label: 'Move it aside',
    detail:
      'To a queue on the same broker, named after this one and the date. It is yours to look through and delete.',
    discard: false,
  },
  { label: 'Delete it…', detail: 'Also messages that are nowhere else.', discard: true },
];

/** Undefined when the user gives up. */
export async function askForOldContent(
  title: string,
  placeHolder: string,
): Promise<Pick<RebuildParams, 'discard'> | undefined> {
  const chosen = await window.showQuickPick(items, { title, placeHolder });
  return chosen && { discard: chosen.discard };
}
