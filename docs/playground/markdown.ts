/** Our own Markdown as elements: paragraphs, lists of one level, `code`, **strong**, *stressed* and [links](https://…). */
export function elementsOf(markdown: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const block of markdown.split(/\n{2,}/)) {
    const isList = /^[-*] /.test(block);
    const element = document.createElement(isList ? 'ul' : 'p');
    for (const part of isList ? block.split(/\n(?=[-*] )/) : [block]) {
      if (isList) element.append(withInlines(document.createElement('li'), part.slice(2)));
      else withInlines(element, part);
    }
    fragment.append(element);
  }
  return fragment;
}

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\((https:[^)\s]+)\)/g;

function withInlines<Parent extends HTMLElement>(parent: Parent, text: string): Parent {
  let position = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, code, strong, stressed, label, url] = match;
    parent.append(text.slice(position, match.index));
    if (code !== undefined) parent.append(element('code', code));
    else if (strong !== undefined) parent.append(element('strong', strong));
    else if (stressed !== undefined) parent.append(element('em', stressed));
    else parent.append(link(label ?? '', url ?? ''));
    position = match.index + whole.length;
  }
  parent.append(text.slice(position));
  return parent;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
  className = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

export function link(label: string, url: string): HTMLAnchorElement {
  const anchor = element('a', label);
  anchor.href = url;
  anchor.target = '_blank';
  anchor.rel = 'noreferrer';
  return anchor;
}
