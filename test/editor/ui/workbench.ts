import { join } from 'node:path';
import type { Locator, Page } from '../offline/browser';

/** What a user does in the workbench, and sees. */
export class Workbench {
  constructor(
    readonly page: Page,
    private readonly screenshots: string,
  ) {}

  /** After what fades in has done so. */
  async screenshot(name: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').first().waitFor({ timeout: 60_000 });
  }

  /** Opens a file of the workspace by its relative path. */
  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    const name = path.split('/').at(-1) ?? path;
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(path);
    // The row that Enter takes: others may be those of the list before it was filtered.
    await this.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: name })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).first().waitFor();
    await this.page.locator('.monaco-editor .view-line').first().waitFor();
  }

  /** Undoes all edits of the file that is shown. */
  async revert(): Promise<void> {
    await this.run('File: Revert File');
    await this.page.locator('.tab.active.dirty').first().waitFor({ state: 'detached' });
  }

  /** Runs a command as the palette shows it: `Qpid HA: Start Replication`. */
  async run(command: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${command}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Whether the palette offers a command. */
  async offers(command: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${command}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const rows = await this.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return rows.some((row) => row.includes(command));
  }

  line(text: string | RegExp): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  squiggle(severity: 'error' | 'warning' | 'info'): Locator {
    return this.page.locator(`.editor-instance .squiggly-${severity}`).first();
  }

  /** Puts the cursor into the underlined text. */
  async placeCursorAtSquiggle(severity: 'error' | 'warning' | 'info'): Promise<void> {
    await this.run('Go to Next Problem in Files (Error, Warning, Info)');
    await this.page.keyboard.press('Escape');
    await this.squiggle(severity).waitFor();
  }

  /** How many problems there are, as the status bar has it; notes are not counted. */
  async problems(): Promise<number> {
    const counts = await this.page.locator('#status\\.problems').innerText();
    return (counts.match(/\d+/g) ?? []).reduce((sum, count) => sum + Number(count), 0);
  }

  problem(text: string): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
  }

  codeLens(title: string): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: title }).first();
  }

  hover(text: string): Locator {
    return this.page.locator('.monaco-hover:not(.hidden)', { hasText: text }).first();
  }

  /** Puts the mouse over the start of a line's text, as to read about it. */
  async pointAt(text: string): Promise<void> {
    await this.line(text).hover({ position: { x: 12, y: 8 } });
  }

  /** The list that Ctrl+. opens. */
  quickFix(title: string): Locator {
    return this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  }

  /** By the keyboard: what lies over that list takes the clicks. */
  async chooseQuickFix(title: string): Promise<void> {
    const rows = await this.page.locator('.action-widget .monaco-list-row.action').allInnerTexts();
    const index = rows.findIndex((row) => row.includes(title));
    for (let step = 0; step < index; step += 1) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
  }

  suggestion(label: string): Locator {
    return this.page.locator('.suggest-widget .monaco-list-row', { hasText: label }).first();
  }

  /** Whatever runs in a notification has ended, and that notification is gone. */
  async progressGone(): Promise<void> {
    const cancel = this.page.locator('.notification-list-item .monaco-button', { hasText: 'Cancel' }).first();
    await cancel.waitFor({ state: 'hidden' });
  }

  /** A row of the list that asks for a choice. */
  choice(label: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  }

  /** A dialog that everything else waits for. */
  dialog(text: string): Locator {
    return this.page.locator('.monaco-dialog-box', { hasText: text }).first();
  }

  async pressInDialog(button: string): Promise<void> {
    const wanted = this.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).first();
    await wanted.waitFor();
    await wanted.click();
    await wanted.waitFor({ state: 'detached' });
  }

  /** A line in the output panel. */
  output(text: string): Locator {
    return this.page.locator('.output-view .view-line', { hasText: text }).first();
  }

  /** What a terminal shows. */
  terminal(text: string | RegExp): Locator {
    return this.page.locator('.xterm-rows', { hasText: text }).first();
  }

  /** Takes one of the offered. */
  async choose(text: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Answers an input box, which is known by its title. */
  async answer(title: string, text: string): Promise<void> {
    await this.typeInto(title, text);
    await this.page.keyboard.press('Enter');
  }

  async typeInto(title: string, text: string): Promise<void> {
    await this.page.locator('.quick-input-title', { hasText: title }).first().waitFor();
    await this.page.locator('.quick-input-widget input').first().fill(text);
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item', { hasText: text }).first();
  }

  async clearNotifications(): Promise<void> {
    await this.run('Notifications: Clear All Notifications');
    await this.page.locator('.notifications-toasts .notification-toast').first().waitFor({ state: 'hidden' });
  }
}
