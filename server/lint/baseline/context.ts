import { firstLine } from '../../project/members';
import type { Project } from '../../project/project';
import type { ConfDocument } from '../../qpidd-conf/model';
import type { SourceDocument } from '../../text/document';
import type { Finding } from '../../text/finding';
import { rules } from '../all-rules';
import { confContext, lineSpan, normal, wholeFile } from './conf-context';
import { masked, type Secrets } from './masked';
import { yamlContext } from './yaml-context';

/**
 * What a finding is about, in words that stay the same when its file is edited elsewhere: lines inserted above it,
 * blocks moved, blanks and line ends changed. Holds no password, and nothing from which to guess one.
 */
export function contextOf(finding: Finding, project: Project, secrets: Secrets): string {
  const { uri, span } = finding;
  const conf = project.confs.get(uri);
  const yaml = conf === undefined ? (project.manifests.get(uri) ?? project.configs.get(uri)) : undefined;
  const source = (conf ?? yaml)?.source;
  if (source === undefined) return wholeFile;
  const directive = directiveAt(source, span.start, secrets);
  if (directive !== undefined) return `comment ${directive}`;
  if (conf !== undefined) return isAboutFile(finding, conf) ? wholeFile : confContext(conf, span, secrets);
  return yamlContext(source, yaml?.root, span, secrets);
}

const projectRules: ReadonlySet<string> = new Set(rules.project.map(({ id }) => id));

/** What several files show to be missing in one of them is told at its beginning. */
function isAboutFile({ rule, span: { start, end } }: Finding, conf: ConfDocument): boolean {
  const first = firstLine(conf);
  return projectRules.has(rule) && start === first.start && end === first.end;
}

/** The comment to the linter in which a finding is. */
function directiveAt(source: SourceDocument, offset: number, secrets: Secrets): string | undefined {
  const line = lineSpan(source.text, offset);
  const text = source.text.slice(line.start, line.end);
  const at = text.search(/(?:#|\/\/)[ \t]*qpidha[ \t]*:/i);
  if (at < 0 || line.start + at > offset) return undefined;
  return normal(masked(source, { start: line.start + at, end: line.end }, secrets));
}
