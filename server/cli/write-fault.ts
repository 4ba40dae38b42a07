const faults: Readonly<Record<string, string>> = {
  EACCES: 'permissions forbid it',
  EPERM: 'permissions forbid it',
  EROFS: 'its file system can only be read',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its path leads through a file that is no folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than is allowed',
  ENXIO: 'it is a socket',
};

/** Why something cannot be read, by what the file system throws; goes on from `FILE cannot be read: `. */
export function readFaultOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'it does not exist';
  return writeFault(code);
}

/** Why something cannot be written, by what the file system throws; goes on from `FILE cannot be written: `. */
export function writeFaultOf(error: unknown): string {
  return writeFault(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Why something cannot be written, by the code of the system; goes on from `FILE cannot be written: `. */
export function writeFault(code: string): string {
  return faults[code] ?? (code === '' ? 'it failed' : `it failed (${code})`);
}
