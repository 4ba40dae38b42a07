import type { ProjectEntry } from '../../project/open-project';
import { canonicalUri, pathBelow, resolveFrom } from '../../project/uris';
import type { DocumentUri } from '../../text/document';
import type { Finding } from '../../text/finding';
import { isFixed, rules } from '../all-rules';
import type { CheckedProject } from '../checked';
import { isRuleOfMachine } from '../suppression/files';
import type { BaselineEntry } from './baseline';

/**
 * What a run has seen of what a baseline tells of: a run that was pointed at one file says nothing about others, and
 * one that cannot read a file says nothing about what is in it.
 */
export class Sight {
  /** Folders all of whose files were judged. */
  private readonly judged: readonly DocumentUri[];
  /** Those in which findings were wanted. */
  private readonly reported: readonly DocumentUri[];
  private readonly broken: ReadonlySet<DocumentUri>;
  private readonly projectRules: ReadonlySet<string> = new Set(rules.project.map(({ id }) => id));

  /**
   * @param baseline where it lies: its paths are relative to its folder.
   * @param entries the files and folders that were to be checked.
   */
  constructor(
    private readonly baseline: DocumentUri,
    private readonly project: CheckedProject,
    entries: readonly ProjectEntry[],
    findings: readonly Finding[],
  ) {
    const isFolder = ({ uri }: ProjectEntry) => {
      const content = project.files.read(canonicalUri(uri));
      return content.kind === 'unreadable' && content.reason === 'folder';
    };
    const folders = entries.filter(isFolder);
    this.judged = folders.map(({ uri }) => canonicalUri(uri));
    this.reported = folders
      .filter(({ report }) => report === undefined || report === 'all')
      .map(({ uri }) => canonicalUri(uri));
    this.broken = new Set(findings.filter(({ rule }) => isFixed(rule)).map(({ uri }) => uri));
  }

  /** True where a finding of this entry would be among those of this run, if it were still there to be found. */
  wasSeen({ file, rule }: BaselineEntry): boolean {
    const uri = resolveFrom(this.baseline, file);
    const { project } = this;
    if (!project.reported.has(uri)) return this.isGone(uri);
    if (this.broken.has(uri) || project.unread.has(uri)) return project.unread.get(uri)?.reason === 'missing';
    return !this.projectRules.has(rule) || this.comparesAll(uri);
  }

  /** As `wasSeen`, and not for what is found on one machine and not on another. */
  isJudged(entry: BaselineEntry): boolean {
    return !isRuleOfMachine(entry.rule) && this.wasSeen(entry);
  }

  private isGone(uri: DocumentUri): boolean {
    return this.liesIn(this.reported, uri) && this.project.files.read(uri).kind === 'missing';
  }

  private liesIn(folders: readonly DocumentUri[], uri: DocumentUri): boolean {
    return this.project.complete && folders.some((folder) => pathBelow(folder, uri) !== undefined);
  }

  /** Whether all files with which a file is compared were read. */
  private comparesAll(uri: DocumentUri): boolean {
    const { complete, unread, confs, named } = this.project;
    if (!complete || unread.size > 0) return false;
    return !confs.has(uri) || named.has(uri) || this.liesIn(this.judged, uri);
  }
}
