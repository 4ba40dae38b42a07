/** A page on which the linter can be tried: `npm run playground` makes it one file, for any web server or none. */
import type { Diagnostic } from '@codemirror/lint';
import node1 from '../../examples/two-brokers/node1/qpidd.conf';
import node2 from '../../examples/two-brokers/node2/qpidd.conf';
import manifest from '../../examples/two-brokers/replicas.qpid.yaml';
import type { Finding } from '../../server/text/finding';
import { Editor } from './editor';
import { filesIn, isName, linkTo } from './link';
import { element, elementsOf, link } from './markdown';
import { nameOf, rulePageUrl, Workspace, whyOf } from './workspace';

const example = { 'replicas.qpid.yaml': manifest, 'node1/qpidd.conf': node1, 'node2/qpidd.conf': node2 };

const workspace = new Workspace((await filesIn(location.hash)) ?? example);
let shown = workspace.names().find((name) => workspace.findings().some(({ uri }) => nameOf(uri) === name));

const editor = new Editor(part('editor'), {
  changed(text) {
    if (shown === undefined || text === workspace.read(shown)) return;
    workspace.write(shown, text);
    check();
  },
  hover: (offset) => (shown === undefined ? undefined : workspace.hover(shown, offset)),
  complete: (offset) => (shown === undefined ? [] : workspace.complete(shown, offset)),
});

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no part "${id}".`);
  return found;
}

function open(name: string | undefined): void {
  shown = name;
  editor.show(name === undefined ? '' : workspace.read(name));
  check();
}

function check(): void {
  const findings = workspace.findings();
  part('files').replaceChildren(...workspace.names().map((name) => tab(name, findings)));
  part('findings').replaceChildren(...findings.map(row));
  part('summary').textContent = summary(findings);
  part('fix-all').toggleAttribute('disabled', !findings.some(({ fix }) => fix && !fix.onRequest));
  editor.mark(findings.filter(({ uri }) => nameOf(uri) === shown).map(diagnosticOf));
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No problems.';
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`];
  });
  return counts.flat().join(', ');
}

function tab(name: string, findings: readonly Finding[]): HTMLElement {
  const count = findings.filter(({ uri }) => nameOf(uri) === name).length;
  const button = element('button', count === 0 ? name : `${name} (${count})`);
  button.type = 'button';
  button.role = 'tab';
  button.ariaSelected = String(name === shown);
  button.addEventListener('click', () => open(name));
  return button;
}

function row(finding: Finding): HTMLElement {
  const { uri, span, severity, rule, message, fix } = finding;
  const name = nameOf(uri);
  const item = document.createElement('li');
  const place = element('button', `${name}:${workspace.place(name, span.start)}`, 'place');
  place.addEventListener('click', () => {
    open(name);
    editor.select(span.start, span.end);
  });
  const url = rulePageUrl(rule);
  item.append(place, ' ', element('strong', severity, severity), ' ');
  item.append(url === undefined ? rule : link(rule, url), ': ', message);
  if (fix !== undefined)
    item.append(
      ' ',
      fixButton(fix.title, () => workspace.edit(fix.edits)),
    );
  const why = whyOf(rule);
  if (why !== '') {
    const details = document.createElement('details');
    details.append(element('summary', 'Why'), elementsOf(why));
    item.append(details);
  }
  return item;
}

function fixButton(title: string, fix: () => void): HTMLElement {
  const button = element('button', title);
  button.type = 'button';
  button.addEventListener('click', () => {
    fix();
    open(shown);
  });
  return button;
}

function diagnosticOf({ span, severity, rule, message, fix }: Finding): Diagnostic {
  return {
    from: span.start,
    to: span.end,
    severity,
    source: rule,
    message,
    ...(fix !== undefined && {
      actions: [
        {
          name: fix.title,
          apply: () => {
            workspace.edit(fix.edits);
            open(shown);
          },
        },
      ],
    }),
  };
}

part('fix-all').addEventListener('click', () => {
  workspace.fixAll();
  open(shown);
});
part('add').addEventListener('click', () => {
  const name = prompt('Its path: node3/qpidd.conf, qpidha.config.yaml')?.trim();
  if (name === undefined || !isName(name)) return;
  if (!workspace.names().includes(name)) workspace.write(name, '');
  open(name);
});
part('link').addEventListener('click', async () => {
  const files = Object.fromEntries(workspace.names().map((name) => [name, workspace.read(name)]));
  history.replaceState(null, '', await linkTo(files));
  await navigator.clipboard?.writeText(location.href).catch(() => undefined);
  part('said').textContent = 'The link is in the address bar. Who has it has your files: mind passwords.';
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', async (event) => {
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])];
  for (const file of files) workspace.write(file.name, await file.text());
  open(files.at(-1)?.name ?? shown);
});

open(shown ?? workspace.names()[0]);
