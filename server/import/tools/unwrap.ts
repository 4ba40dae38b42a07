/** Commands that run another command, which is given as their arguments. */
import type { Field } from '../../shell/expand';

interface Wrapper {
  /** Options that are followed by a value. */
  readonly valued: readonly string[];
  /** Words of its own before the command, after the options. */
  readonly words: number;
}

const none: Wrapper = { valued: [], words: 0 };

const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: ['-u', '-g', '-h', '-p', '-C', '-D', '-R', '-T', '-r', '-t', '--user', '--group'],
    words: 0,
  },
  doas: { valued: ['-u', '-C'], words: 0 },
  env: { valued: ['-u', '-C', '--unset', '--chdir'], words: 0 },
  timeout: { valued: ['-s', '-k', '--signal', '--kill-after'], words: 1 },
  nice: { valued: ['-n', '--adjustment'], words: 0 },
  ionice: { valued: ['-c', '-n'], words: 0 },
  exec: { valued: ['-a'], words: 0 },
  nohup: none,
  command: none,
  time: none,
  setsid: none,
  python: none,
  python2: none,
  'python2.6': none,
  'python2.7': none,
  python3: none,
};

/** The name of a command without its folder. */
export function baseName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

/** The fields of the command that is run in the end; none where that cannot be told. */
export function unwrap(fields: readonly Field[]): readonly Field[] {
  let rest = fields;
  for (;;) {
    const name = rest[0]?.text;
    const wrapper = name === undefined ? undefined : wrapperOf(baseName(name));
    if (wrapper === undefined) return rest;
    let at = 1;
    for (let word = rest[at]?.text; word !== undefined; word = rest[at]?.text) {
      if (word.startsWith('-')) at += wrapper.valued.includes(word) ? 2 : 1;
      else if (/^[A-Za-z_]\w*=/.test(word)) at += 1;
      else break;
    }
    rest = rest.slice(at + wrapper.words);
  }
}

function wrapperOf(name: string): Wrapper | undefined {
  return Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
}
