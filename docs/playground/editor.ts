import { autocompletion, type CompletionResult, snippetCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import type { CompletionItem, Hover } from '../../server/text/features';
import { elementsOf } from './markdown';

export interface EditorAnswers {
  changed(text: string): void;
  hover(offset: number): Hover | undefined;
  complete(offset: number): readonly CompletionItem[];
}

/** The text field of the page, in a shadow tree: so the policy of the page needs no exception for its styles. */
export class Editor {
  private readonly view: EditorView;

  constructor(
    place: HTMLElement,
    private readonly answers: EditorAnswers,
  ) {
    const root = place.attachShadow({ mode: 'open' });
    this.view = new EditorView({ root, parent: root, state: this.stateOf('') });
  }

  show(text: string): void {
    this.view.setState(this.stateOf(text));
  }

  mark(diagnostics: readonly Diagnostic[]): void {
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  select(from: number, to: number): void {
    this.view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    this.view.focus();
  }

  private stateOf(doc: string): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        history(),
        lintGutter(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        autocompletion({ override: [({ pos }) => this.complete(pos)] }),
        hoverTooltip((_, position) => this.hover(position)),
        EditorView.contentAttributes.of({ 'aria-label': 'The text of the file' }),
        EditorView.theme({
          '&': { height: '45vh', fontSize: '14px' },
          '.cm-scroller': { fontFamily: 'ui-monospace, monospace' },
          '.cm-tooltip': { maxWidth: '40rem', padding: '0 8px', color: 'CanvasText', background: 'Canvas' },
          '.cm-gutters': { background: 'transparent', color: 'GrayText' },
          '.cm-content': { caretColor: 'CanvasText' },
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) this.answers.changed(state.doc.toString());
        }),
      ],
    });
  }

  private hover(position: number) {
    const found = this.answers.hover(position);
    if (found === undefined) return null;
    return {
      pos: found.span.start,
      end: found.span.end,
      create: () => {
        const dom = document.createElement('div');
        dom.append(elementsOf(found.markdown));
        return { dom };
      },
    };
  }

  private complete(position: number): CompletionResult | null {
    const items = this.answers.complete(position);
    const [first] = items;
    if (first === undefined) return null;
    const { start } = first.edit.span;
    const alike = items.filter(({ edit }) => edit.span.start === start);
    return { from: start, to: first.edit.span.end, options: alike.map(optionOf) };
  }
}

function optionOf({ label, detail, documentation, edit, template, sortText }: CompletionItem) {
  const option = {
    label,
    ...(detail !== undefined && { detail }),
    ...(sortText !== undefined && { sortText }),
    ...(documentation !== undefined && {
      info: () => {
        const dom = document.createElement('div');
        dom.append(elementsOf(documentation));
        return dom;
      },
    }),
  };
  return template === undefined
    ? { ...option, apply: edit.newText }
    : snippetCompletion(
        template.replace(/\$(?=\d)(\d)/g, (_, stop) => `\${${stop}}`),
        option,
      );
}
