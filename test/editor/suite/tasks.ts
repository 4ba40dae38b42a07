import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findings, until } from './editor';

const files = ['node2/qpidd.conf', 'deployment.qpid.yaml'];

/** A server without its compiled terminals cannot run what is a process. */
function hasTerminals(): boolean {
  const module = join(vscode.env.appRoot, 'node_modules/node-pty');
  return !existsSync(module) || existsSync(join(module, 'build/Release/pty.node'));
}

describe('the tasks', () => {
  it('are offered for the folder', async () => {
    const offered = await vscode.tasks.fetchTasks({ type: 'qpidha' });
    assert.deepEqual(offered.map(({ name }) => name).sort(), ['fix', 'lint', 'watch']);
  });

  it('check the folder, and show each problem once', async function () {
    if (!hasTerminals()) this.skip();
    await until(() => files.every((file) => findings(file).length > 0));
    const before = files.map(findings);
    const [lint] = (await vscode.tasks.fetchTasks({ type: 'qpidha' })).filter(({ name }) => name === 'lint');
    assert.ok(lint);
    const ended = new Promise<number | undefined>((resolve) => {
      const waiting = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== 'lint') return;
        waiting.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(lint);
    assert.equal(await ended, 1);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(files.map(findings), before);
  });
});
