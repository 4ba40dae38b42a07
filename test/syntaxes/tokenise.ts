import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const syntaxes = join(import.meta.dirname, '../../syntaxes');
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

/** A piece of a line and the innermost scope that the grammar gives it, without the grammar's own suffix. */
export type Token = readonly [text: string, scope: string];

export type Tokenise = (text: string) => readonly (readonly Token[])[];

/** Loads one grammar as VS Code does. Blank pieces without a scope are left out of the result. */
export async function loadGrammar(id: 'qpidd-conf' | 'qpid-replicas' | 'qpidha-config'): Promise<Tokenise> {
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const path = join(syntaxes, `${scope.replace('source.', '')}.tmLanguage.json`);
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  const grammar = await registry.loadGrammar(`source.${id}`);
  if (grammar === null) throw new Error(`no grammar ${id}`);
  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      return merge(
        result.tokens.map(({ startIndex, endIndex, scopes }) => [
          line.slice(startIndex, endIndex),
          (scopes.at(-1) ?? '').replace(/\.(?:qpidd-conf|qpid-replicas|qpidha-config)$/, ''),
        ]),
      ).filter(([piece, scope]) => piece.trim() !== '' || scope !== 'source');
    });
  };
}

function merge(tokens: readonly Token[]): readonly Token[] {
  const merged: Token[] = [];
  for (const [piece, scope] of tokens) {
    const last = merged.at(-1);
    if (last?.[1] === scope) merged[merged.length - 1] = [last[0] + piece, scope];
    else merged.push([piece, scope]);
  }
  return merged;
}
