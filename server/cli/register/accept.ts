import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  acceptableOf,
  type DangerId,
  type DangerVerb,
  dangers,
  dangersOf,
  flagOf,
} from '../../replication/dangers';

/** `--accept DANGER` for the dangers of a verb, and what they are, below its help. */
export function accepting(command: Command, verb: DangerVerb): Command {
  const names = acceptableOf(verb);
  const accept = (name: string, before: readonly DangerId[]): readonly DangerId[] => {
    const id = names.find((known) => known === name);
    if (id !== undefined) return [...before, id];
    throw new InvalidArgumentError(`The dangers of "${verb}" are: ${names.join(', ')}.`);
  };
  return command
    .addOption(
      new Option('--accept <danger>', 'go on in spite of this danger; repeatable')
        .choices(names)
        .argParser(accept)
        .default([]),
    )
    .addHelpText('after', () => dangerHelp(verb));
}

function dangerHelp(verb: DangerVerb): string {
  const lines = dangersOf(verb).map((id) => `  ${flagOf(id)}\n      ${dangers[id].risk}`);
  return `\nDangers, each refused unless it is accepted by its own flag:\n${lines.join('\n')}`;
}
