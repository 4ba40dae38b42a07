import type { Command, List, Script } from './syntax';

export type SimpleCommand = Command & { readonly kind: 'simple' };

/** Every simple command of a script, in the order of the text, whether it is ever run or not. */
export function simpleCommands({ body }: Script): readonly SimpleCommand[] {
  const found: SimpleCommand[] = [];
  visitList(body, found);
  return found;
}

function visitList(list: List | undefined, found: SimpleCommand[]): void {
  for (const { first, rest } of list ?? []) {
    for (const { commands } of [first, ...rest.map(({ pipeline }) => pipeline)]) {
      for (const command of commands) visit(command, found);
    }
  }
}

function visit(command: Command | undefined, found: SimpleCommand[]): void {
  switch (command?.kind) {
    case 'simple':
      found.push(command);
      break;
    case 'for':
    case 'group':
      visitList(command.body, found);
      break;
    case 'while':
      visitList(command.condition, found);
      visitList(command.body, found);
      break;
    case 'if':
      for (const { condition, body } of command.branches) {
        visitList(condition, found);
        visitList(body, found);
      }
      visitList(command.otherwise, found);
      break;
    case 'case':
      for (const branch of command.branches) visitList(branch, found);
      break;
    case 'function':
      visit(command.body, found);
  }
}
