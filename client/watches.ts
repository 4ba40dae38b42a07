import {
  CancellationTokenSource,
  type Disposable,
  type OutputChannel,
  StatusBarAlignment,
  type StatusBarItem,
  Uri,
  window,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type ReplicationResult,
  type WatchEventParams,
  type WatchParams,
  watchEvent,
  watchManifest,
} from '../server/lsp/requests';
import { acceptDanger } from './accept';
import { GraveEvents } from './grave-events';
import { nameOf } from './manifest';
import { liveSettings, sendLive } from './run';

interface Running {
  readonly manifest: Uri;
  readonly cancel: CancellationTokenSource;
  readonly over: Promise<ReplicationResult | undefined>;
}

/** The manifests that are watched, each until it is told to end or the window closes. */
export class Watches implements Disposable {
  readonly output: OutputChannel = window.createOutputChannel('Qpid HA Watch');
  private readonly running = new Map<string, Running>();
  private readonly grave = new GraveEvents(this.output);
  private readonly sign: StatusBarItem = window.createStatusBarItem(StatusBarAlignment.Left);
  private readonly subscription: Disposable;

  constructor(private readonly client: LanguageClient) {
    this.sign.command = 'qpidha.stopWatching';
    this.subscription = client.onNotification(watchEvent, (event: WatchEventParams) => this.tell(event));
  }

  manifests(): readonly Uri[] {
    return [...this.running.values()].map(({ manifest }) => manifest);
  }

  /** Resolves when the watch is over: with why, or with nothing where that was wanted. */
  async follow(
    manifest: Uri,
    params: Pick<WatchParams, 'heal' | 'accept'>,
  ): Promise<ReplicationResult | undefined> {
    await this.end(manifest);
    this.write(`watching ${nameOf(manifest)}`);
    const cancel = new CancellationTokenSource();
    const over = this.send(manifest, params, cancel);
    this.running.set(manifest.toString(), { manifest, cancel, over });
    this.refresh();
    const result = await over;
    const wanted = cancel.token.isCancellationRequested;
    cancel.dispose();
    if (this.running.get(manifest.toString())?.over === over) this.running.delete(manifest.toString());
    this.refresh();
    const { accept = [] } = params;
    const danger = result?.danger;
    if (danger === undefined || accept.includes(danger.id) || result === undefined) {
      this.write(`the watch of ${nameOf(manifest)} has ended`);
      return wanted ? undefined : result;
    }
    if (!(await acceptDanger(danger, result.message))) return undefined;
    return await this.follow(manifest, { ...params, accept: [...accept, danger.id] });
  }

  private async send(
    manifest: Uri,
    params: Pick<WatchParams, 'heal' | 'accept'>,
    { token }: CancellationTokenSource,
  ): Promise<ReplicationResult | undefined> {
    const { client } = this;
    const uri = client.code2ProtocolConverter.asUri(manifest);
    try {
      const all: WatchParams = { ...params, ...liveSettings(), uri };
      return await sendLive<WatchParams, ReplicationResult>(client, watchManifest, all, token);
    } catch {
      return serverGone;
    }
  }

  async end(manifest: Uri): Promise<void> {
    const running = this.running.get(manifest.toString());
    running?.cancel.cancel();
    await running?.over;
  }

  /** What a watch is just healing is taken back or finished before it ends. */
  async endAll(): Promise<void> {
    await Promise.all(this.manifests().map((manifest) => this.end(manifest)));
  }

  private tell(event: WatchEventParams): void {
    this.write(`${nameOf(Uri.parse(event.uri))}  ${event.severity}: ${event.message}`);
    if (event.next !== undefined) this.output.appendLine(`          next: ${event.next}`);
    if (event.severity === 'error') this.grave.add(event);
  }

  private write(text: string): void {
    this.output.appendLine(`${new Date().toLocaleTimeString()}  ${text}`);
  }

  private refresh(): void {
    const names = this.manifests().map(nameOf);
    this.sign.text = `$(eye) Watching ${names.length === 1 ? names[0] : `${names.length} manifests`}`;
    this.sign.tooltip = `Qpid HA watches ${names.join(', ')}. Click to stop.`;
    if (names.length > 0) this.sign.show();
    else this.sign.hide();
  }

  dispose(): void {
    for (const { cancel } of this.running.values()) cancel.cancel();
    for (const disposable of [this.subscription, this.grave, this.sign, this.output]) disposable.dispose();
  }
}

const serverGone: ReplicationResult = {
  severity: 'warning',
  message: 'The language server has stopped, and so nothing is watched any more.',
  details: [],
};
