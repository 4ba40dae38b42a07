import { type Disposable, type OutputChannel, window } from 'vscode';
import type { WatchEventParams } from '../server/lsp/requests';
import { adviceStep } from './next-steps';

/** Milliseconds in which events are gathered: a broker that dies takes all its replications along. */
const breath = 1000;

/** More than these at a time are told in one sentence. */
const most = 3;

const showOutput = 'Show Output';

/** What needs somebody at once: as notifications, with the next command as a button. */
export class GraveEvents implements Disposable {
  private gathered: WatchEventParams[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly output: OutputChannel) {}

  add(event: WatchEventParams): void {
    this.gathered.push(event);
    this.timer ??= setTimeout(() => this.show(), breath);
  }

  private show(): void {
    const events = this.gathered;
    this.gathered = [];
    this.timer = undefined;
    if (events.length <= most) for (const event of events) void this.notify(event);
    else void this.summarize(events);
  }

  private async notify({ message, next, nextVerb, target }: WatchEventParams): Promise<void> {
    const steps = target === undefined ? [] : adviceStep(nextVerb ?? 'status', target);
    const labels = [...steps.map(({ label }) => label), showOutput];
    const text = next === undefined ? message : `${message} ${next}`;
    const choice = await window.showErrorMessage(text, ...labels);
    if (choice === showOutput) this.output.show(true);
    await steps.find(({ label }) => label === choice)?.run();
  }

  private async summarize(events: readonly WatchEventParams[]): Promise<void> {
    const [first] = events;
    const text = `${events.length} things need somebody. The first: ${first?.message ?? ''}`;
    if ((await window.showErrorMessage(text, showOutput)) === showOutput) this.output.show(true);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
