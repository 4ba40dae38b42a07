import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ClientCapabilities, Diagnostic } from 'vscode-languageserver/node';
import { lintCommand } from '../../server/cli/lint/command';
import { areaOf } from '../../server/config/known-rules';
import { allRules, type RuleDescription } from '../../server/lint/all-rules';
import { recognise } from '../../server/project/languages';
import type { ExampleModes } from '../../server/text/rule';
import { cases } from '../conformance/qpidd-conf/cases.json';
import { EditorSession } from './editor-session';

type Files = Readonly<Record<string, string | Uint8Array>>;

interface Fixture {
  readonly files: Files;
  readonly modes?: ExampleModes;
}

const root = join(import.meta.dirname, '../..');

/** All files of a folder of the repository, as one project. */
function folder(path: string): Fixture {
  const names = readdirSync(join(root, path), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(root, path, name)).isFile());
  return { files: Object.fromEntries(files.map((name) => [name, readFileSync(join(root, path, name))])) };
}

function foldersIn(path: string): readonly Fixture[] {
  return readdirSync(join(root, path)).map((name) => folder(`${path}/${name}`));
}

/** What lies at a full path would be a file of this machine. */
function examplesOf({ bad, good }: RuleDescription): readonly Fixture[] {
  return [...bad, ...good].map(({ files, modes }) => ({
    files: Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('/'))),
    ...(modes !== undefined && { modes }),
  }));
}

const areas = [...new Set(allRules.map(({ id }) => areaOf(id)))];

function examplesOfArea(area: string): readonly Fixture[] {
  return allRules.filter(({ id }) => areaOf(id) === area).flatMap(examplesOf);
}

const conf = (content: string | Uint8Array): Fixture => ({ files: { 'qpidd.conf': content } });

/** Every fixture of this repository that is a project, or a file of one. */
const fixtures: Readonly<Record<string, readonly Fixture[]>> = {
  ...Object.fromEntries(areas.map((area) => [`the examples of ${area}`, examplesOfArea(area)])),
  'projects with configurations': foldersIn('test/lsp/projects'),
  'the examples of the documentation': foldersIn('examples'),
  'the workspace of the editor tests': [folder('test/editor/workspace')],
  'configurations from the field': Object.values(folder('test/qpidd-conf/fixtures').files).map(conf),
  'what a real broker was asked about': [
    ...cases.map(({ config }) => conf(Buffer.from(config, 'base64'))),
    ...Object.values(folder('test/conformance/qpidd-conf/found').files).map((file) =>
      conf(Buffer.from((JSON.parse(Buffer.from(file).toString()) as { config: string }).config, 'base64')),
    ),
  ],
};

/** One workspace for all of them. Each is the root of a repository, so that they have nothing to do with each other. */
function workspaceOf(group: readonly Fixture[]): Files {
  return Object.fromEntries(
    group.flatMap(({ files }, index) => [
      [`${index}/.git/HEAD`, ''],
      ...Object.entries(files).map(([name, content]) => [`${index}/${name}`, content] as const),
    ]),
  );
}

async function start(group: readonly Fixture[], capabilities: ClientCapabilities): Promise<EditorSession> {
  const session = await EditorSession.start({ files: workspaceOf(group), capabilities });
  group.forEach(({ modes = {} }, index) => {
    for (const [name, mode] of Object.entries(modes)) {
      if (!name.startsWith('/')) chmodSync(join(session.folder, String(index), name), mode);
    }
  });
  return session;
}

interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

interface JsonFinding {
  readonly file: string;
  readonly rule: string;
  readonly page?: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: JsonPlace; readonly end: JsonPlace };
  readonly related: readonly Pick<JsonFinding, 'file' | 'message' | 'range'>[];
}

/** What `qpidha lint --format json` reports, file by file: each finding with all that both tell of it. */
async function linted(cwd: string): Promise<Reported> {
  let out = '';
  await lintCommand({
    paths: [],
    format: 'json',
    failOn: 'error',
    color: false,
    cwd,
    stdout: (text) => {
      out += text;
    },
    stderr: () => {},
  });
  const { findings } = JSON.parse(out) as { readonly findings: readonly JsonFinding[] };
  const reported = new Map<string, string[]>();
  for (const { file, rule, page = null, severity, message, range, related } of findings) {
    const told = { rule, page, severity, message, range: rangeOf(range) };
    const places = related.map((place) => ({
      file: place.file,
      message: place.message,
      range: rangeOf(place.range),
    }));
    reported.set(file, [...(reported.get(file) ?? []), JSON.stringify({ ...told, related: places })]);
  }
  return reported;
}

type Reported = ReadonlyMap<string, readonly string[]>;

function rangeOf({ start, end }: JsonFinding['range']): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

const severities = ['', 'error', 'warning', 'info'];

/** The same of a diagnostic. */
function told(session: EditorSession, diagnostic: Diagnostic): string {
  const { code, codeDescription, severity = 0, message, range, relatedInformation = [] } = diagnostic;
  const place = ({ start, end }: Diagnostic['range']) =>
    `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
  return JSON.stringify({
    rule: code,
    page: codeDescription?.href ?? null,
    severity: severities[severity],
    message,
    range: place(range),
    related: relatedInformation.map(({ location, message }) => ({
      file: relative(session.folder, fileURLToPath(location.uri)),
      message,
      range: place(location.range),
    })),
  });
}

function shown(session: EditorSession): Reported {
  const latest = new Map(session.published.map(({ uri, diagnostics }) => [uri, diagnostics]));
  const reported = [...latest].filter(([, diagnostics]) => diagnostics.length > 0);
  return new Map(
    reported.map(([uri, diagnostics]) => [
      relative(session.folder, fileURLToPath(uri)),
      diagnostics.map((diagnostic) => told(session, diagnostic)),
    ]),
  );
}

/** Says in which files the two differ, and only that: of a few. */
function assertSame(actual: Reported, expected: Reported): void {
  const differ = [...new Set([...actual.keys(), ...expected.keys()])].filter(
    (name) => JSON.stringify(actual.get(name)) !== JSON.stringify(expected.get(name)),
  );
  const only = (reported: Reported) => differ.slice(0, 5).map((name) => [name, reported.get(name) ?? []]);
  assert.deepEqual(only(actual), only(expected));
}

async function assertShown(session: EditorSession): Promise<void> {
  const expected = await linted(session.folder);
  assert.ok(expected.size > 0);
  const sameFiles = () => {
    const actual = shown(session);
    return actual.size === expected.size && [...actual.keys()].every((name) => expected.has(name));
  };
  // The more there are, the longer it takes: it is over when nothing comes any more.
  for (let known = -1; known !== session.published.length && !sameFiles(); ) {
    known = session.published.length;
    await session.until(sameFiles).catch(() => undefined);
  }
  assertSame(shown(session), expected);
}

const namesIn = (group: readonly Fixture[]) =>
  Object.entries(workspaceOf(group)).filter(([name]) => recognise(basename(name)) !== undefined);

function languageIdOf(name: string): string {
  const language = recognise(basename(name));
  if (language === 'config') return name.endsWith('.json') ? 'json' : 'qpidha-config';
  return language === 'conf' ? 'qpidd-conf' : 'qpid-replicas';
}

describe('the editor and the command line report the same, to the letter', () => {
  for (const [what, group] of Object.entries(fixtures)) {
    it(`unasked, of ${what}`, async () => {
      const session = await start(group, {});
      await assertShown(session);
      await session.end();
    });

    it(`unasked, of ${what}, all open`, async () => {
      const session = await start(group, {});
      for (const [name, content] of namesIn(group)) {
        const text = Buffer.from(content).toString('utf8');
        // Of what is no UTF-8 an editor shows something else than is there.
        if (!Buffer.from(text).equals(Buffer.from(content))) continue;
        await session.open(name, text.replace(/^\uFEFF/, ''), languageIdOf(name));
      }
      await assertShown(session);
      await session.end();
    });

    it(`when it is asked, of ${what}`, async () => {
      const session = await start(group, { textDocument: { diagnostic: {} } });
      const expected = await linted(session.folder);
      const asked = new Map<string, readonly string[]>();
      const names = new Set([...Object.keys(workspaceOf(group)), ...expected.keys()]);
      for (const name of names) {
        const { items } = await session.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', {
          textDocument: { uri: session.uri(name) },
        });
        if (items.length > 0)
          asked.set(
            name,
            items.map((item) => told(session, item)),
          );
      }
      assertSame(asked, expected);
      await session.end();
    });
  }
});
