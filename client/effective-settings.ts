import {
  type CancellationToken,
  type Disposable,
  type DocumentLink,
  type DocumentLinkProvider,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type EffectiveSettingsParams, effectiveSettings } from '../server/lsp/requests';

/** Documents that show what a broker would really run with; their query is the URI of its qpidd.conf. */
const scheme = 'qpidha-effective';

/** Milliseconds without a change after which a page is made anew. */
const pause = 150;

export function effectivePageOf(conf: Uri): Uri {
  const name = conf.path.slice(conf.path.lastIndexOf('/') + 1);
  return Uri.from({ scheme, path: `${name} (effective)`, query: conf.toString() });
}

/** Pages that follow their files as these are typed, with links to the lines that values come from. */
export class EffectiveSettings implements TextDocumentContentProvider, DocumentLinkProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly client: LanguageClient) {
    this.subscriptions = [
      this.changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      languages.registerDocumentLinkProvider({ scheme }, this),
      workspace.onDidChangeTextDocument(({ document }) => this.refreshSoon(document.uri)),
      // What is on disk counts again.
      workspace.onDidCloseTextDocument(({ uri }) => this.refreshSoon(uri)),
    ];
  }

  async provideTextDocumentContent({ query }: Uri, token: CancellationToken): Promise<string> {
    const params: EffectiveSettingsParams = {
      uri: this.client.code2ProtocolConverter.asUri(Uri.parse(query)),
    };
    const page = await this.client.sendRequest<string | null>(effectiveSettings, params, token);
    return page ?? 'The file cannot be read.\n';
  }

  provideDocumentLinks(page: TextDocument): DocumentLink[] {
    const conf = Uri.parse(page.uri.query);
    return [...page.getText().matchAll(/(?<=(?:^| |\()[Ll]ine )\d+(?=$|[ ),])/gm)].map(
      ({ 0: line, index }) => {
        const range = new Range(
          page.positionAt(index - 'line '.length),
          page.positionAt(index + line.length),
        );
        return { range, target: conf.with({ fragment: `L${line}` }), tooltip: 'Go to the line' };
      },
    );
  }

  /** Only while somebody looks at it. */
  private refreshSoon(conf: Uri): void {
    const page = effectivePageOf(conf);
    const key = page.toString();
    if (!workspace.textDocuments.some(({ uri }) => uri.toString() === key)) return;
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.changed.fire(page), pause),
    );
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
