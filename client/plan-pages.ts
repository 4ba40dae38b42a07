import {
  type Disposable,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { nameOf } from './manifest';

const scheme = 'qpidha-plan';

/** The latest plan of each manifest, as a page that can only be read. */
export class PlanPages implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly registration = workspace.registerTextDocumentContentProvider(scheme, this);

  /** Beside the manifest, which keeps the focus. */
  async show(manifest: Uri, text: string): Promise<void> {
    const page = Uri.from({ scheme, path: `${nameOf(manifest)} (plan)`, query: manifest.toString() });
    this.texts.set(page.toString(), text);
    this.changed.fire(page);
    await window.showTextDocument(page, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
  }

  provideTextDocumentContent(page: Uri): string {
    return this.texts.get(page.toString()) ?? 'Make the plan again: it is not kept when the window closes.\n';
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
