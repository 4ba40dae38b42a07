import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandLinePage } from '../../docs/command-line-page';
import { createProgram } from '../../server/cli/program';
import { examplesOf } from '../../server/cli/register/examples';
import { exitWordsOf } from '../../server/cli/register/exit-words';
import { RecordedTerminal } from '../support/terminal';

const { commands } = createProgram(new RecordedTerminal());

it('the page of the command line says what the program says', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/command-line.md'), 'utf8');
  assert.equal(page, commandLinePage(), 'run "npm run docs"');
});

for (const command of commands) {
  const name = command.name();
  describe(`qpidha ${name}`, () => {
    it('tells what it does, and what each of its options and arguments is', () => {
      assert.match(command.summary(), /^["a-z].*[^.]$/);
      assert.match(command.description(), /\.$/);
      for (const { flags, description } of command.options)
        assert.match(description, /^[^A-Z].*[^.]$/s, flags);
      for (const argument of command.registeredArguments)
        assert.notEqual(argument.description, '', argument.name());
    });

    it('tells of its exit codes', () => {
      const codes = exitWordsOf(name).map(([code]) => code);
      assert.deepEqual(codes, [...codes].sort());
      assert.ok(codes.includes(0) && codes.includes(3));
      assert.match(helpOf(name), /\nExit codes:\n {2}0 {2}\w/);
    });

    for (const [line] of examplesOf(name)) {
      it(`has options for its example "${line}"`, () => {
        const words = line.slice(line.indexOf('qpidha ') + 'qpidha '.length).split(' ');
        assert.equal(words[0], name);
        for (const word of words.filter((other) => other.startsWith('--') && other.length > 2)) {
          const isOfBroker = words.indexOf('--') >= 0 && words.indexOf('--') < words.indexOf(word);
          assert.ok(isOfBroker || command.options.some(({ long }) => long === word), word);
        }
      });
    }
  });
}

function helpOf(name: string): string {
  const terminal = new RecordedTerminal();
  const command = createProgram(terminal).commands.find((other) => other.name() === name);
  command?.outputHelp();
  return terminal.printed;
}
