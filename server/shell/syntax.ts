/** What a script of the shell is made of, as far as it can be known without running it. Offsets are those of its text. */
import type { Span } from '../text/span';

export type WordPart =
  /** `quoted`: nothing in it is a pattern, and it is never parted. */
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** `$name`, `${name}`, `${name[index]}`, `${name:-…}`; also `$1`, `$@`, `$#`. */
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly index: string | undefined;
      /** What follows the name: `:-`, `-`, `:=`, `=`, `:?`, `?` and a word, or another operation. */
      readonly operation: string;
      readonly quoted: boolean;
    }
  /** What only a run can tell. */
  | { readonly kind: 'opaque'; readonly what: Opaque; readonly quoted: boolean };

export type Opaque =
  | 'a command substitution'
  | 'an arithmetic expansion'
  | 'a process substitution'
  | 'a home folder'
  | 'an indirect expansion';

export interface Word {
  readonly span: Span;
  readonly parts: readonly WordPart[];
  /** Of `name=(…)`: the elements of the array. */
  readonly elements?: readonly Word[];
}

export interface Redirection {
  readonly operator: string;
  readonly target: Word | undefined;
}

export type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'redirection'; readonly redirection: Redirection; readonly span: Span }
  /** `;`, `&`, `&&`, `||`, `|`, `|&`, `(`, `)`, `;;`, `;&`, `;;&`, and the end of a line. */
  | { readonly kind: 'operator'; readonly text: string; readonly span: Span };

/** What the shell would refuse too, or what is nested too deeply for us. */
export interface ShellFault {
  readonly offset: number;
  readonly reason: string;
}

export type Command =
  | { readonly kind: 'simple'; readonly words: readonly Word[]; readonly span: Span }
  /** Without `words`: over the arguments, or as `for ((…))` does. */
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly words: readonly Word[] | undefined;
      readonly body: List;
    }
  | { readonly kind: 'while'; readonly condition: List; readonly body: List }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: List | undefined }
  | { readonly kind: 'case'; readonly branches: readonly List[] }
  | { readonly kind: 'group'; readonly body: List; readonly subshell: boolean }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command | undefined }
  /** `[[ … ]]` or `(( … ))` */
  | { readonly kind: 'test' };

export interface Branch {
  readonly condition: List;
  readonly body: List;
}

export interface Pipeline {
  readonly commands: readonly Command[];
  readonly negated: boolean;
}

export interface Chain {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
  readonly background: boolean;
}

export type List = readonly Chain[];

export interface Script {
  readonly body: List;
  readonly faults: readonly ShellFault[];
  /** The texts that are given to commands (`<<END`). */
  readonly heredocs: readonly Span[];
}
