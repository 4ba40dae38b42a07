import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findExecutable } from './offline/chromium';

/** Where the application stands, seen from the folder of its command `code`. */
const fromCommand = ['../code', '../Code.exe', '../../../../MacOS/Electron'];

/**
 * A desktop VS Code: `VSCODE_EXECUTABLE`, or the one whose command `code` is on the search path. On Linux it
 * needs a display (`xvfb-run -a npm test` provides one).
 */
export function findDesktopVSCode(): string | undefined {
  if (process.env.VSCODE_EXECUTABLE !== undefined) return process.env.VSCODE_EXECUTABLE;
  const noDisplay = process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined;
  if (process.platform === 'linux' && noDisplay) return undefined;
  const command = findExecutable(['code', 'code.cmd']);
  if (command === undefined) return undefined;
  const folder = dirname(realpathSync(command));
  return fromCommand.map((path) => join(folder, path)).find((path) => existsSync(path));
}
