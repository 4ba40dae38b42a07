import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { acceptableOf, dangerIds, dangers, dangersOf, flagOf } from '../../server/replication/dangers';
import { refuseDanger } from '../../server/replication/refusals';

const page = readFileSync(join(import.meta.dirname, '../../docs/engine.md'), 'utf8');

describe('dangers', () => {
  for (const id of dangerIds) {
    it(`${id} stands on the page of the engine, with its flag, verbs and risk`, () => {
      const { risk, verbs } = dangers[id];
      const row = `| \`${flagOf(id)}\` | ${verbs.map((verb) => `\`${verb}\``).join(', ')} | ${risk} |`;
      assert.ok(page.includes(`${row}\n`), row);
    });

    it(`${id} is refused, and accepted only by its own name`, () => {
      const others = new Set(dangerIds.filter((other) => other !== id));
      const refusal = refuseDanger(id, 'it was seen', others);
      assert.equal(refusal?.danger, id);
      assert.ok(refusal?.message.startsWith('it was seen. '));
      assert.ok(refusal?.advice.includes(flagOf(id)));
      assert.equal(refuseDanger(id, 'it was seen', new Set([id])), undefined);
    });
  }

  it('have a flag each, and the page has no other', () => {
    const flags = dangerIds.map(flagOf);
    assert.equal(new Set(flags).size, flags.length);
    const section = page.split('\n## Dangers\n')[1]?.split('\n## ')[0] ?? '';
    const rows = [...section.matchAll(/^\| `(--[^`]+)` \|/gm)].map((match) => match[1]);
    assert.deepEqual(rows, flags);
  });

  it('are taken by --accept unless they have a flag of their own', () => {
    assert.deepEqual(acceptableOf('rebuild'), ['replica-producers', 'replica-consumers']);
    assert.ok(dangersOf('rebuild').includes('discard-content'));
  });
});
