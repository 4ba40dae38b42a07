import type { Release } from '../qpidd-conf/release';
import type { SourceDocument } from '../text/document';
import type { Span } from '../text/span';
import type { YamlProblem } from '../yaml/problem';
import type { YamlText } from '../yaml/tree';

/** One version of a file of tests, read. */
export interface TestDocument {
  readonly source: SourceDocument;
  /** What is wrong with it, in no particular order. With any of these nothing of it is run. */
  readonly problems: readonly YamlProblem[];
  readonly tests: readonly ScenarioTest[];
}

/** A test: what would be different, and what must then hold. Paths are as written, relative to the file of tests. */
export interface ScenarioTest {
  readonly name: YamlText;
  /** Files and folders where findings count; undefined for the whole project. */
  readonly files: readonly YamlText[] | undefined;
  readonly given: readonly FileChange[];
  readonly expect: Expectations;
}

/** What would be different about one file. */
export type FileChange = AbsentFile | ChangedFile;

export interface AbsentFile {
  readonly kind: 'absent';
  readonly file: YamlText;
}

export interface ChangedFile {
  readonly kind: 'changed';
  readonly file: YamlText;
  readonly set: readonly OptionValues[];
  readonly unset: readonly YamlText[];
  readonly environment: ReadonlyMap<string, string>;
  readonly args: readonly string[];
  readonly release: Release | undefined;
}

/** An option with the texts that it has: several for a list, and none where there is no value at all. */
export interface OptionValues {
  readonly option: YamlText;
  readonly values: readonly string[];
  readonly span: Span;
}

export interface Expectations {
  readonly starts: readonly StartExpectation[];
  readonly effective: readonly EffectiveExpectation[];
  readonly findings: readonly FindingsExpectation[];
  /** Rules and areas that must find nothing. */
  readonly noFindings: readonly YamlText[];
}

export interface StartExpectation {
  readonly file: YamlText;
  readonly starts: boolean;
  readonly span: Span;
}

export interface EffectiveExpectation {
  readonly file: YamlText;
  readonly options: readonly OptionValues[];
}

export interface FindingsExpectation {
  readonly file: YamlText;
  /** Rules; areas, too, where others may find something as well. */
  readonly rules: readonly YamlText[];
  /** True where these are all that may find something. */
  readonly exactly: boolean;
}
