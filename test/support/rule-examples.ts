/** Makes a rule's examples its tests: what its documentation page shows is what it does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DocumentUri, documentFromText, type SourceDocument } from '../../server/text/document';
import { applyEdits, type TextEdit } from '../../server/text/edit';
import type { Finding } from '../../server/text/finding';
import { type ExampleFiles, type ExampleModes, type Rule, runRule } from '../../server/text/rule';

const folder = 'file:///example/';

/** How many times fixes may build on each other before an example counts as endless. */
const maximumRounds = 10;

export function exampleUri(name: string): DocumentUri {
  return name.startsWith('/') ? `file://${name}` : folder + name;
}

export function exampleDocuments(files: ExampleFiles): readonly SourceDocument[] {
  return Object.entries(files).map(([name, text]) => documentFromText(exampleUri(name), text));
}

/**
 * Registers a test for each example of `rule`.
 *
 * @param read makes what the rule looks at from an example's files: one subject a document, or one project.
 */
export function testRuleExamples<Subject>(
  rule: Rule<Subject>,
  read: (files: ExampleFiles, modes: ExampleModes) => readonly Subject[],
): void {
  const look = (files: ExampleFiles, modes: ExampleModes = {}): Finding[] => {
    const findings: Finding[] = [];
    for (const subject of read(files, modes)) runRule(rule, subject, findings);
    return findings;
  };

  describe(rule.id, () => {
    it('has an example of each kind', () => {
      assert.ok(rule.bad.length > 0 && rule.good.length > 0);
      assert.doesNotMatch(rule.title, /\.$/);
    });
    rule.bad.forEach(({ files, modes, fixed }, index) => {
      it(`reports bad example ${index + 1}`, () => {
        const findings = look(files, modes);
        assert.notEqual(findings.length, 0, 'nothing was reported');
        for (const finding of findings) assertInside(finding, files);
        if (fixed !== undefined) assert.deepEqual(applyFixes(files, look), { ...files, ...fixed });
        else
          assert.ok(!findings.some((finding) => finding.fix), 'the example does not show what its fix does');
      });
      if (fixed === undefined) return;
      it(`has nothing left to fix in bad example ${index + 1} once fixed`, () => {
        assert.deepEqual(
          look({ ...files, ...fixed }).filter((finding) => finding.fix),
          [],
        );
      });
    });
    rule.good.forEach(({ files, modes }, index) => {
      it(`is silent on good example ${index + 1}`, () => assert.deepEqual(look(files, modes), []));
    });
  });
}

/** Applies what is fixable until nothing is. An edit that several findings share is made once. */
function applyFixes(files: ExampleFiles, look: (files: ExampleFiles) => readonly Finding[]): ExampleFiles {
  let current: ExampleFiles = { ...files };
  for (let round = 0; round < maximumRounds; round += 1) {
    const edits = new Map<string, TextEdit>();
    for (const edit of look(current).flatMap((finding) => finding.fix?.edits ?? [])) {
      edits.set(JSON.stringify(edit), edit);
    }
    if (edits.size === 0) return current;
    current = Object.fromEntries(
      Object.entries(current).map(([name, text]) => [
        name,
        applyEdits(
          text,
          [...edits.values()].filter((edit) => edit.uri === exampleUri(name)),
        ),
      ]),
    );
  }
  throw new Error(`the fixes do not come to an end: ${JSON.stringify(current)}`);
}

/** Every place that a finding names lies inside its document. */
function assertInside(finding: Finding, files: ExampleFiles): void {
  const places = [finding, ...(finding.related ?? []), ...(finding.fix?.edits ?? [])];
  for (const { uri, span } of places) {
    const text = files[uri.startsWith(folder) ? uri.slice(folder.length) : uri.slice('file://'.length)];
    assert.ok(text !== undefined, `${uri} is no file of the example`);
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, JSON.stringify(span));
  }
}
