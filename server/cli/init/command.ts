import { statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { lintProject } from '../../lint/lint-project';
import { Configurations } from '../../project/configurations';
import { DocumentCache } from '../../project/document-cache';
import { withOpenDocuments } from '../../project/file-system';
import { nodeFileSystem } from '../../project/node-file-system';
import { openProject } from '../../project/open-project';
import type { Project } from '../../project/project';
import { childUri, pathBelow, pathOfUri, uriOfPath } from '../../project/uris';
import { visible } from '../../report/visible';
import { type DocumentUri, documentFromText } from '../../text/document';
import { type ExitCode, exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { writeFault } from '../write-fault';
import { brokersIn, type FoundBroker, type FoundConf } from './brokers';
import { configName, configText, manifestName, manifestText } from './texts';

/** A file that is to be written, or why it is not. */
type Proposal =
  | { readonly name: string; readonly text: string; readonly about: string }
  | { readonly name: string; readonly reason: string };

/**
 * `qpidha init [FOLDER]`: a configuration, and a manifest of the brokers whose files are there. Never changes a file
 * that exists; asks nothing. Throws `UsageError`.
 */
export function initCommand(
  folder: string,
  { dryRun }: { readonly dryRun: boolean },
  terminal: Terminal,
): ExitCode {
  const path = resolve(terminal.cwd, folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${visible(folder)} is no folder.`);
  const root = uriOfPath(path);
  const project = openProject(nodeFileSystem, [{ uri: root, report: 'all' }]);
  const proposals = [configProposal(root, terminal), manifestProposal(project, root, path, terminal)];
  if (proposals.every((proposal) => 'reason' in proposal)) {
    for (const { name, reason } of proposals.filter((one) => 'reason' in one))
      terminal.say(`qpidha init: no ${name} is written: ${reason}.\n`);
    return exitCode.usage;
  }
  const shown = (name: string) => visible(relative(terminal.cwd, join(path, name)) || name);
  let failed = false;
  for (const proposal of proposals) {
    if ('reason' in proposal) terminal.say(`No ${proposal.name} is written: ${proposal.reason}.\n`);
    else if (dryRun) terminal.out(`# ${shown(proposal.name)}\n${proposal.text}\n`);
    else {
      const fault = write(join(path, proposal.name), proposal.text);
      failed ||= fault !== undefined;
      if (fault === undefined) terminal.say(`Wrote ${shown(proposal.name)}: ${proposal.about}.\n`);
      else terminal.say(`qpidha init: ${shown(proposal.name)} cannot be written: ${fault}.\n`);
    }
  }
  if (failed) return exitCode.usage;
  if (!dryRun) terminal.say(nextSteps(proposals, folder, shown));
  return exitCode.ok;
}

function configProposal(root: DocumentUri, { cwd }: Terminal): Proposal {
  const name = configName;
  const known = new Configurations(nodeFileSystem, new DocumentCache()).uriFor(childUri(root, name));
  if (known === undefined) return { name, text: configText, about: 'how the files are checked' };
  return { name, reason: `${visible(relative(cwd, pathOfUri(known) ?? '') || known)} is there already` };
}

function manifestProposal(project: Project, root: DocumentUri, path: string, { cwd }: Terminal): Proposal {
  const name = manifestName;
  const [known] = [...project.manifests.keys()].flatMap((uri) => pathBelow(root, uri) ?? []);
  if (known !== undefined) {
    return { name, reason: `${visible(relative(cwd, join(path, known)))} is there already` };
  }
  const confs = [...project.confs].flatMap(([uri, conf]): FoundConf[] => {
    const below = pathBelow(root, uri);
    return below === undefined || conf.notText !== undefined ? [] : [{ path: below, conf }];
  });
  if (confs.length === 0) return { name, reason: 'no qpidd.conf was found' };
  const brokers = brokersIn(confs, basename(path));
  const text = manifestText(brokers, misfits(root, brokers));
  return { name, text, about: `${counted(brokers.length, 'broker')} of ${counted(confs.length, 'file')}` };
}

/** Files that our own linter would find an error with in the manifest: what is guessed of them is wrong. */
function misfits(root: DocumentUri, brokers: readonly FoundBroker[]): ReadonlySet<string> {
  const uri = childUri(root, manifestName);
  const source = documentFromText(uri, manifestText(brokers));
  const files = withOpenDocuments(nodeFileSystem, new Map([[uri, source]]));
  const findings = lintProject(openProject(files, [{ uri, report: 'itself' }]), { suppressions: false });
  const wrong = findings.filter((finding) => finding.uri === uri && finding.severity === 'error');
  const lineOf = (offset: number) => source.lines.positionAt(offset).line;
  const lines = new Set(wrong.map(({ span }) => lineOf(span.start)));
  // Each broker has three lines: its name, its address, its files.
  const first = lineOf(source.text.indexOf('brokers:')) + 1;
  return new Set(
    brokers.flatMap(({ configs }, index) =>
      [0, 1, 2].some((line) => lines.has(first + index * 3 + line)) ? configs : [],
    ),
  );
}

/** @returns why it cannot be written. */
function write(path: string, text: string): string | undefined {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'EEXIST' ? 'it is there already' : writeFault(code);
  }
}

function nextSteps(proposals: readonly Proposal[], folder: string, shown: (name: string) => string): string {
  const manifest = proposals.find(({ name }) => name === manifestName);
  const hasManifest = manifest !== undefined && 'text' in manifest;
  const steps = [
    ...(hasManifest
      ? [`look at the addresses in ${shown(manifestName)}, and name the queues to replicate`]
      : []),
    `qpidha lint${folder === '.' ? '' : ` ${visible(folder)}`}`,
    ...(hasManifest ? [`qpidha plan --manifest ${shown(manifestName)}`] : []),
  ];
  return `Next:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
