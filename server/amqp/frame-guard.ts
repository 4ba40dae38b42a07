import { type Failure, failure, strangerFailure } from './errors';

/** What we announce to the peer, in bytes. Larger frames are refused before they fill the memory. */
export const largestFrame = 1 << 20;

const protocolSasl = 3;
const protocolAmqp = 0;

/**
 * Looks at the bytes of a peer before the client library does: it would wait forever for a frame of 4 GiB, and
 * call an HTTP server's answer a protocol error.
 */
export class FrameGuard {
  /** Bytes still to come of the frame that is being received. */
  #missing = 0;
  #start = Buffer.alloc(0);
  #headerSeen = false;

  /** Returns why the peer is not to be listened to any longer, if so. */
  check(chunk: Buffer): Failure | undefined {
    let bytes = chunk;
    while (bytes.length > 0) {
      if (this.#missing > 0) {
        const skipped = Math.min(this.#missing, bytes.length);
        this.#missing -= skipped;
        bytes = bytes.subarray(skipped);
        continue;
      }
      const begun = this.#start.length;
      this.#start = Buffer.concat([this.#start, bytes.subarray(0, 8 - begun)]);
      bytes = bytes.subarray(this.#start.length - begun);
      const problem = this.#checkStart();
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  /** The start of a frame is its size; a protocol header takes the place of a frame. */
  #checkStart(): Failure | undefined {
    const start = this.#start;
    const isHeader = start.toString('latin1', 0, 4) === 'AMQP';
    if (!this.#headerSeen && !'AMQP'.startsWith(start.toString('latin1', 0, 4)))
      return strangerFailure(start);
    if (start.length < 8) return undefined;
    this.#start = Buffer.alloc(0);
    this.#headerSeen = true;
    if (isHeader) {
      const known = start[4] === protocolAmqp || start[4] === protocolSasl;
      return known && start[5] === 1 && start[6] === 0 && start[7] === 0 ? undefined : strangerFailure(start);
    }
    const size = start.readUInt32BE(0);
    if (size < 8) return failure('protocol', 'a frame is shorter than its own head');
    if (size > largestFrame) return failure('protocol', `a frame of ${size} bytes is larger than agreed`);
    this.#missing = size - 8;
    return undefined;
  }
}
