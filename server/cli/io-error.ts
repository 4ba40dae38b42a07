type Handler = () => void;

const exit: Handler = () => process.exit(0);
let onClosed = exit;

/** A reader that has gone (`qpidha lint | head`) ends us quietly, as it does every well-behaved command. */
export function exitQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      onClosed();
    });
  }
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
