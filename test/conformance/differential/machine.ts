/**
 * Words of a broker that refuses to start for a reason that its file alone cannot decide: what is on the disk, which
 * names resolve, which ports and resources are free. Such a file is neither an agreement nor a disagreement when the
 * linter says nothing of it, and it is counted apart. An error of the linter agrees with the refusal all the same.
 */
const reasons: readonly RegExp[] = [
  /Directory not found/,
  /cannot open shared object file|file too short|invalid ELF header|cannot read file data/,
  /Can't bind to port|Address already in use|Cannot assign requested address|Permission denied/,
  /Cannot resolve (?!\S*,)/,
  /No such file or directory|not a directory|is a directory/i,
  // As before, cut at a NUL in the path.
  /Unexpected error: (?:\.\/)?(?:dir|file|missing)$/m,
  /Could not read ACL file/,
  /Can't open log file|Can't create (?:PID )?directory|Cannot open lock file|Cannot lock|Can't open PID file/,
  /sasl_set_path failed|failed to parse SASL configuration file/,
  // A certificate database that is not there leaves the broker without SSL, and a socket is handed over by the parent.
  /(?:Failed to initialise SSL plugin|Imported socket fd -?[0-9]+: isn't a socket)[\s\S]*No transports are listening/,
  /No such transport: 'socket'/,
  // Whether the store is installed: the linter warns, since the file is fine without.
  /linearstore option --store-dir must be present/,
];

export function isOfMachine(words: string): boolean {
  return reasons.some((reason) => reason.test(words));
}
