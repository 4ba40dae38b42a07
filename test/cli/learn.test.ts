import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { UsageError } from '../../server/cli/exit-code';
import { showsLinks, terminalLink } from '../../server/cli/hyperlinks';
import { explainCommand } from '../../server/cli/learn/explain';
import { rulesCommand } from '../../server/cli/learn/rules';
import { allRules } from '../../server/lint/all-rules';
import { rulePageOf } from '../../server/lint/rule-page';
import { brokerOptions, options, removedOptions } from '../../server/qpidd-conf/catalogue';
import { textWidth } from '../../server/report/terminal-markdown';
import { qpidha } from '../support/command-line';
import { RecordedTerminal } from '../support/terminal';

const schema = join(import.meta.dirname, '../../docs/schemas/rules.schema.json');
const validate = new Ajv({ allErrors: true, validateFormats: false }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

interface Output {
  readonly rules: readonly {
    readonly id: string;
    readonly ignorable: boolean;
    readonly configurable: boolean;
  }[];
  readonly options?: readonly unknown[];
  readonly removedOptions?: readonly unknown[];
}

/** Fails where it is not as the published schema says. */
function published(json: string): Output {
  const output: Output = JSON.parse(json);
  assert.ok(validate(output), JSON.stringify(validate.errors));
  return output;
}

function explained(...words: string[]): string {
  const terminal = new RecordedTerminal();
  assert.equal(explainCommand(words, { json: false }, terminal), 0);
  return terminal.printed;
}

function explainedJson(...words: string[]): Output {
  const terminal = new RecordedTerminal();
  explainCommand(words, { json: true }, terminal);
  return published(terminal.printed);
}

describe('qpidha explain', () => {
  it('tells of every rule all that its page tells', () => {
    for (const rule of allRules) {
      const shown = explained(rule.id).replace(/\s+/g, '');
      const { why, source, examples, page, title, severity } = rulePageOf(rule);
      const texts = examples.flatMap(({ files, fixed = [] }) => [...files, ...fixed].map(({ name }) => name));
      for (const text of [
        `${rule.id}${severity}`,
        title,
        why.replace(/\*\*|^- /gm, ''),
        source,
        page,
        ...texts,
      ]) {
        assert.ok(shown.includes(text.replace(/\s+/g, '')), `${rule.id}: ${text}`);
      }
    }
  });

  it('explains every option that a broker has, had, or never had', () => {
    for (const { name, summary } of brokerOptions) {
      assert.ok(
        explained(name)
          .replace(/[\s`]+/g, '')
          .includes(summary.replace(/[\s`]+/g, '')),
        name,
      );
    }
    for (const { name } of [...options, ...removedOptions]) assert.match(explained(name), /\w/);
  });

  it('has every rule and every option as JSON of the published schema', () => {
    const { rules } = explainedJson(...allRules.map(({ id }) => id));
    assert.deepEqual(
      rules.map(({ id }) => id),
      allRules.map(({ id }) => id),
    );
    const { options: told, removedOptions: gone } = explainedJson(
      ...brokerOptions.map(({ name }) => name),
      ...removedOptions.map(({ name }) => name),
    );
    assert.equal(told?.length, brokerOptions.length);
    assert.equal(gone?.length, removedOptions.length);
  });

  const spellings: readonly [word: string, begin: RegExp][] = [
    ['ha/both-modes', /^ha\/both-modes {2}info\n/],
    ['both-modes', /^ha\/both-modes /],
    ['ha-replicate', /^ha-replicate \(one of none, configuration, all\)/],
    ['--ha-replicate', /^ha-replicate /],
    ['QPID_HA_REPLICATE', /^ha-replicate /],
    ['no-auth', /^no-auth \(no option/],
    ['ha/*', /^ha\/[a-z-]+ +(error|warning|info) /],
    ['config', /^config \(file\)/],
    ['config/', /^config\/[a-z-]+ +error /],
    ['ha', /^ha\/[a-z-]+ +(error|warning|info) /],
  ];
  for (const [word, begin] of spellings) {
    it(`understands "${word}"`, () => assert.match(explained(word), begin));
  }

  const unknown: readonly [word: string, advice: RegExp][] = [
    ['ha/both-mode', /^Did you mean "ha\/both-modes"\?$/],
    ['conf/both-modes', /^Did you mean "ha\/both-modes"\?$/],
    ['ha-clustr', /^Did you mean "ha-cluster"\?$/],
    ['securty', /^Did you mean "security"\?$/],
    ['zzzzzz', /^All rules: qpidha rules$/],
    ['file/not-read', /could not be read/],
    ['\u001b[2J', /qpidha rules/],
  ];
  for (const [word, advice] of unknown) {
    it(`advises for ${JSON.stringify(word)}, and prints nothing else`, () => {
      const terminal = new RecordedTerminal();
      assert.throws(
        () => explainCommand(['ha/both-modes', word], { json: false }, terminal),
        (error) =>
          error instanceof UsageError && advice.test(error.advice ?? '') && !error.message.includes('\u001b'),
      );
      assert.equal(terminal.printed, '');
    });
  }

  it('exits with 2 for what it does not know', async () => {
    const run = await qpidha(['explain', 'ha/both-mode']);
    assert.equal(run.code, 2);
    assert.match(run.err, /Did you mean "ha\/both-modes"\?\n$/);
    assert.equal(run.out, '');
  });
});

describe('qpidha rules', () => {
  it('lists every rule once, one a line with tabs, where no terminal is', async () => {
    const { code, out } = await qpidha(['rules']);
    assert.equal(code, 0);
    const ids = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[0] ?? '');
    assert.deepEqual(ids, allRules.map(({ id }) => id).sort());
  });

  it('keeps its table within the terminal', () => {
    for (const width of [80, 100, 132]) {
      const terminal = new RecordedTerminal({ width });
      rulesCommand([], { json: false }, terminal);
      for (const line of terminal.printed.split('\n').slice(0, -2)) assert.ok(textWidth(line) <= width, line);
    }
  });

  it('narrows the list to areas, and knows no others', () => {
    const terminal = new RecordedTerminal();
    rulesCommand(['ha', 'security/*'], { json: false }, terminal);
    assert.match(terminal.printed, /^(?:(?:ha|security)\/.*\n)+$/);
    assert.throws(() => rulesCommand(['he'], { json: false }, terminal), /There is no area "he"/);
  });

  it('prints JSON of the published schema', () => {
    const terminal = new RecordedTerminal();
    rulesCommand([], { json: true }, terminal);
    const output = published(terminal.printed);
    assert.equal(output.rules.length, allRules.length);
    const unreadable = output.rules.find(({ id }) => id === 'manifest/syntax');
    assert.deepEqual([unreadable?.ignorable, unreadable?.configurable], [false, false]);
  });

  it('links each rule to its page where the terminal shows links', () => {
    const terminal = new RecordedTerminal({ width: 100, link: terminalLink });
    rulesCommand(['ha'], { json: false }, terminal);
    assert.match(
      terminal.printed,
      /\u001b\]8;;https:\/\/.*\/docs\/rules\/ha\/both-modes\.md\u001b\\ha\/both-modes\u001b\]8;;\u001b\\/,
    );
  });
});

const terminals: readonly [isTerminal: boolean, environment: Record<string, string>, links: boolean][] = [
  [true, { TERM: 'xterm-256color' }, false],
  [true, { TERM: 'xterm-256color', VTE_VERSION: '6800' }, true],
  [true, { TERM: 'xterm-256color', VTE_VERSION: '4999' }, false],
  [true, { TERM: 'xterm-kitty' }, true],
  [true, { TERM_PROGRAM: 'vscode' }, true],
  [true, { TERM_PROGRAM: 'vscode', CI: 'true' }, false],
  [true, { TERM_PROGRAM: 'vscode', NO_COLOR: '1' }, false],
  [true, { TERM_PROGRAM: 'Apple_Terminal' }, false],
  [true, { TERM: 'dumb', WT_SESSION: '1' }, false],
  [false, { TERM_PROGRAM: 'vscode' }, false],
  [false, { FORCE_HYPERLINK: '1' }, true],
  [true, { TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0' }, false],
];

for (const [isTerminal, environment, links] of terminals) {
  it(`${links ? 'shows' : 'shows no'} links ${isTerminal ? 'on a terminal' : 'in a pipe'} of ${JSON.stringify(environment)}`, () =>
    assert.equal(showsLinks(isTerminal, environment), links));
}

it('links the rule of a finding to its page in the text report', async () => {
  const environment = { FORCE_HYPERLINK: '1' };
  const run = await qpidha(['lint', 'examples/two-brokers', '--format', 'text'], { environment });
  assert.match(
    run.out,
    /error \u001b\]8;;https:\/\/\S+\/ha\/queue-replication-off\.md\u001b\\ha\/queue-replication-off\u001b/,
  );
});
