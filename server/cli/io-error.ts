import { exitCode } from './exit-code';
import { writeFault } from './write-fault';

type Handler = () => void;

const exit: Handler = () => process.exit(0);
let onClosed = exit;

/**
 * A reader that has gone (`qpidha lint | head`) ends us quietly, as it does every well-behaved command. An output that
 * cannot be written otherwise, as on a full disk, ends us with a word on it.
 */
export function endOnBrokenOutput(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return onClosed();
    process.stderr.write(`qpidha: the standard output cannot be written: ${writeFault(code ?? '')}.\n`);
    process.exit(exitCode.usage);
  });
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') onClosed();
    else process.exit(exitCode.usage);
  });
}

/**
 * For work on brokers, which must not be left half-done: it is told that the reader has gone, once, and ends by
 * itself.
 *
 * @returns gives the pipe back.
 */
export function tellOfClosedPipe(handler: Handler): () => void {
  let told = false;
  onClosed = () => {
    if (!told) handler();
    told = true;
  };
  return () => {
    onClosed = exit;
  };
}
