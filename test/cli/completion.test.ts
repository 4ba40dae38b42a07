import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { completionScript, type Shell } from '../../server/cli/completion/command';
import { createProgram } from '../../server/cli/program';
import { qpidha } from '../support/command-line';
import { RecordedTerminal } from '../support/terminal';

const program = createProgram(new RecordedTerminal());

/** What is typed up to the tab, and the command line that then runs. */
const typed: readonly [words: string, completed: string][] = [
  ['li', 'lint'],
  ['lint --fail', 'lint --fail-on'],
  ['lint --fail-on e', 'lint --fail-on error'],
  ['lint --format sar', 'lint --format sarif'],
  ['lint --format=sar', 'lint --format=sarif'],
  ['lint --rule ha/both-m', 'lint --rule ha/both-modes='],
  ['lint --rule ha/both-modes=o', 'lint --rule ha/both-modes=off'],
  ['lint lone', 'lint lonely name.conf'],
  ['lint --fail-on error repl', 'lint --fail-on error replicas.qpid.yaml'],
  ['explain ha/both-m', 'explain ha/both-modes'],
  ['explain ha-replic', 'explain ha-replicate'],
  ['rules secu', 'rules security'],
  ['help reb', 'help rebuild'],
  ['stop --accept repl', 'stop --accept replica-producers'],
  ['start --timeout 3 --manifest repl', 'start --timeout 3 --manifest replicas.qpid.yaml'],
  ['completion fi', 'completion fish'],
];

/** How each shell is started with the script, and with a command that tells what it was called with. */
const shells: Readonly<
  Record<Shell, { readonly start: string; readonly file: string; readonly set: string }>
> = {
  bash: {
    start: 'bash --noprofile --rcfile settings -i',
    file: 'settings',
    set: 'PS1=\'$ \'; source ./completions; qpidha() { echo "ran:$*:"; }',
  },
  zsh: {
    start: 'env ZDOTDIR=. zsh -d -i',
    file: '.zshrc',
    set: 'PS1=\'$ \'; autoload -Uz compinit; compinit -u -D; source ./completions; qpidha() { echo "ran:$*:"; }',
  },
  fish: {
    start: "fish --no-config -i -C 'source settings'",
    file: 'settings',
    set: 'source ./completions; function qpidha; echo "ran:$argv:"; end',
  },
};

describe('qpidha completion', { concurrency: true }, () => {
  for (const shell of Object.keys(shells) as Shell[]) {
    it(`names in its script for ${shell} every command, option and choice`, () => {
      const script = completionScript(shell, program);
      for (const command of program.commands) {
        assert.ok(script.includes(command.name()), command.name());
        for (const { long, argChoices = [] } of command.options) {
          const name = shell === 'fish' ? `-l ${long?.slice(2)}` : long;
          assert.ok(script.includes(name ?? ''), `${command.name()} ${long}`);
          for (const choice of argChoices) assert.ok(script.includes(choice), choice);
        }
      }
      assert.ok(script.includes('ha/queue-replication-off'));
    });

    const skip = !isInstalled(shell) || !isInstalled('script');
    it(`completes what is typed in ${shell}`, {
      skip: skip && `${shell} is not installed`,
      timeout: 120_000,
    }, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'qpidha-completion-'));
      const names = ['lonely name.conf', 'replicas.qpid.yaml'];
      for (const name of names) writeFileSync(join(folder, name), '');
      writeFileSync(join(folder, 'completions'), completionScript(shell, program));
      const { start, file, set } = shells[shell];
      writeFileSync(join(folder, file), `${set}\n`);
      const session = new Session(start, folder);
      try {
        await session.quiet();
        for (const [words, completed] of typed) {
          session.type(`qpidha ${words}\t`);
          await session.quiet();
          session.type('\r');
          assert.equal((await session.next()).trim(), completed, words);
          await session.quiet();
        }
      } finally {
        session.end();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  it('prints a script, and knows no other shells', async () => {
    const run = await qpidha(['completion', 'bash']);
    assert.equal(run.code, 0);
    assert.equal(run.out, completionScript('bash', program));
    assert.equal((await qpidha(['completion', 'tcsh'])).code, 2);
  });
});

function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** A shell at a terminal, as a person has it. */
class Session {
  private readonly child: ChildProcess;
  private seen = '';
  private taken = 0;

  constructor(command: string, cwd: string) {
    this.child = spawn('script', ['-qfec', `stty cols 400 2>/dev/null; exec ${command}`, '/dev/null'], {
      cwd,
      env: {
        ...process.env,
        TERM: 'vt100',
        HOME: cwd,
        HISTFILE: '',
        XDG_CONFIG_HOME: cwd,
        LC_ALL: 'C.UTF-8',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.seen += text;
    });
  }

  type(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Until it shows something, and then nothing more for a while: input that comes sooner would be taken for a paste. */
  async quiet(): Promise<void> {
    for (let before = -1; before < this.seen.length || this.seen === ''; ) {
      before = this.seen.length;
      await setTimeout(200);
    }
  }

  /** The arguments of the next command that ran. */
  async next(): Promise<string> {
    for (;;) {
      const found = [...this.seen.matchAll(/ran:(.*?):\r*\n/g)][this.taken]?.[1];
      if (found !== undefined) {
        this.taken += 1;
        return found;
      }
      assert.equal(this.child.exitCode, null, this.seen);
      await setTimeout(20);
    }
  }

  end(): void {
    this.child.kill();
  }
}
