import { isClusterMember, takesPartInHa } from '../../qpidd-conf/ha';
import { type ConfDocument, type Setting, settingsOf } from '../../qpidd-conf/model';
import { bad, fixBy, good, replacement } from '../../qpidd-conf/rules/report';
import { meantText } from '../../qpidd-conf/values/meant';
import type { Fix } from '../../text/finding';
import type { FindingDraft, Rule } from '../../text/rule';
import { span } from '../../text/span';
import { pairExample } from '../examples';
import { originFiles, replicaFiles } from '../pairs';
import type { Project } from '../project';

const needed = 'amqp0-10';

export const protocolMissing: Rule<Project> = {
  id: 'ha/protocol-missing',
  title: 'HA without the protocol of its links',
  severity: 'warning',
  why: 'Links between brokers speak AMQP 0-10. Where `protocols` is set, the broker speaks only what is listed there, and without `amqp0-10` it answers every backup and replica with `Unsupported version`: the link waits and tries again for ever. Without the option all protocols are on. A stand-alone broker that only holds replicas opens the links itself, and needs no protocol to be on: where a manifest says so, nothing is reported.',
  source: 'broker/Protocol.cpp:39; measured on both sides',
  bad: [
    bad(
      'ha-queue-replication=yes\nprotocols=amqp1.0\n',
      'ha-queue-replication=yes\nprotocols=amqp0-10\nprotocols=amqp1.0\n',
    ),
  ],
  good: [
    good('ha-queue-replication=yes\nprotocols=amqp1.0\nprotocols=amqp0-10\n'),
    good('ha-queue-replication=yes\n'),
    good('protocols=amqp1.0\n'),
    pairExample(
      'ha-queue-replication=yes\nauth=no\n',
      'ha-queue-replication=yes\nauth=no\nprotocols=amqp1.0\n',
    ),
  ],
  check(project, report) {
    const files = (all: ReturnType<typeof originFiles>) => new Set(all.map(({ file }) => file.conf));
    const [origins, replicas] = [files(originFiles(project)), files(replicaFiles(project))];
    for (const conf of project.confs.values()) {
      const onlyHolds = replicas.has(conf) && !origins.has(conf) && !isClusterMember(conf);
      const draft = onlyHolds ? undefined : missing(conf);
      if (draft !== undefined) report(draft);
    }
  },
};

function missing(document: ConfDocument): FindingDraft | undefined {
  const settings = settingsOf(document, 'protocols');
  const [first] = settings;
  if (first === undefined || !takesPartInHa(document)) return undefined;
  const words = settings.flatMap((setting) => wordsOf(document, setting));
  // A word that is none of the two is a finding of its own, and leaves open what was meant.
  if (!words.every((word) => word === 'amqp1.0')) return undefined;
  const fix = fixOf(document, first);
  return {
    uri: document.source.uri,
    span: first.value,
    message: `Links between brokers speak AMQP 0-10, and this broker will not: add a line "protocols=${needed}".`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function wordsOf(document: ConfDocument, { option, text }: Setting): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => meantText(option.type, word, document.modules.transports) ?? word);
}

function fixOf(document: ConfDocument, { line, option }: Setting): Fix | undefined {
  if (line.kind !== 'setting') return undefined;
  const { start } = line.span;
  const lineEnd = document.source.text[line.span.end - 1] === '\r' ? '\r\n' : '\n';
  return fixBy(
    `Add "protocols=${needed}"`,
    replacement(document, span(start, start), `${option.name}=${needed}${lineEnd}`),
  );
}
