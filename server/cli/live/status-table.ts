import type { ReplicationStatus } from '../../replication/contract';
import { isHealthy } from '../../replication/words/describe';
import { visible } from '../../report/visible';
import type { Colors } from '../terminal';

const headings = ['QUEUE', 'ORIGIN', 'REPLICA', 'STATE', 'ON ORIGIN', 'ON REPLICA', 'LAG'];

/** A table with a line for each replication, and below it what needs attention and what to do. */
export function statusTable(statuses: readonly ReplicationStatus[], colors: Colors): string {
  const rows = statuses.map(toRow);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const pad = (row: readonly string[]) =>
    row.map((cell, column) =>
      column < 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  const lines = [colors.bold(pad(headings).join('  ').trimEnd())];
  statuses.forEach((status, index) => {
    const line = pad(rows[index] ?? []).join('  ');
    lines.push(isHealthy(status) ? line : colors.yellow(line));
    if (status.cause !== undefined) lines.push(`  ${visible(status.cause)}`);
    if (status.next !== undefined) lines.push(`  next: ${visible(status.next)}`);
  });
  return `${lines.join('\n')}\n`;
}

function toRow(status: ReplicationStatus): string[] {
  const number = (value: number | undefined) => (value === undefined ? '–' : value.toLocaleString('en-US'));
  return [
    visible(status.queue),
    visible(status.origin ?? '–'),
    status.replica,
    status.state,
    number(status.originDepth),
    number(status.replicaDepth),
    number(status.lag),
  ];
}
