import { Uri, ViewColumn, window } from 'vscode';
import { effectivePageOf } from '../effective-settings';
import type { Services } from '../services';

/** Beside the file: a table of all options with their values, and where each value comes from. */
export async function showEffectiveSettings(_services: Services, argument: unknown): Promise<void> {
  const conf = argument instanceof Uri ? argument : openConf();
  if (conf === undefined) {
    void window.showInformationMessage('Open a qpidd.conf, to see what a broker would run with.');
    return;
  }
  await window.showTextDocument(effectivePageOf(conf), {
    viewColumn: ViewColumn.Beside,
    preserveFocus: true,
    preview: false,
  });
}

function openConf(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'qpidd-conf' ? document.uri : undefined;
}
