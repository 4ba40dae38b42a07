/** Projects to measure the linter with: what it has to read, and how much of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainFile, variedFile } from './files';

/** `qpidd.conf` files of 100 lines, each in a folder of its own: half of them plain, half with every option. */
export function writeConfs(folder: string, count: number): void {
  const texts = [plainFile(100).text, variedFile(100).text];
  for (let index = 0; index < count; index += 1) {
    mkdirSync(join(folder, String(index)), { recursive: true });
    writeFileSync(join(folder, String(index), 'qpidd.conf'), texts[index % 2] ?? '');
  }
}

/** Manifests of 3 KB, 20 in a folder. Of ten one has a fault. */
export function writeManifests(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const place = join(folder, `site-${Math.floor(index / 20)}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `replicas-${index}.qpid.yaml`), manifest(index, 24));
  }
}

/** One manifest of about so many bytes. */
export function writeLargeManifest(folder: string, bytes: number): void {
  mkdirSync(folder, { recursive: true });
  const perReplication = manifest(0, 1000).length / 1000;
  const text = manifest(0, Math.ceil(bytes / perReplication));
  writeFileSync(join(folder, 'large.qpid.yaml'), text);
}

/** Replications from one broker to two others; each broker has a host that no other manifest has. */
function manifest(index: number, replications: number): string {
  const hosts = ['origin', 'first', 'second'].map((name) => `${name}-${index}.example.com`);
  const entries = Array.from({ length: replications }, (_, number) =>
    [
      number % 6 === 0 ? `  # Orders of group ${number / 6}` : undefined,
      `  - queue: orders.${index}.${number}`,
      '    from: origin',
      `    to: ${number % 2 === 0 ? 'first' : 'second'}`,
      `    linkAddress: origin-${index}.example.com:5672`,
      index % 10 === 0 && number === 3 ? '    create: sometimes' : '    create: if-missing',
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  );
  return [
    `# Replicas of site ${index}`,
    'version: 1',
    '',
    'brokers:',
    `  origin: { address: "${hosts[0]}:5672" }`,
    `  first:\n    address: ${hosts[1]}`,
    `  second:\n    address: amqps://${hosts[2]}:5671`,
    '',
    'replications:',
    ...entries,
    '',
  ].join('\n');
}
