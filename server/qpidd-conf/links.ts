import type { FileLink } from '../text/features';
import { type ConfDocument, effectiveBoolean, effectiveText, type Setting } from './model';
import { moduleFileName } from './modules';

/** The paths in the file that lead to one certain place, whatever directory the broker is started in. */
export function fileLinks(document: ConfDocument): readonly FileLink[] {
  return document.settings.flatMap((setting) => {
    const { option, text, value } = setting;
    if (option.type.kind !== 'path' || text === '' || /[\0-\x1f]/.test(text)) return [];
    const path = absolutePath(document, setting);
    return path === undefined ? [] : [{ span: value, path }];
  });
}

function absolutePath(document: ConfDocument, { option, text }: Setting): string | undefined {
  if (text.startsWith('/')) {
    const folder = text.slice(0, text.lastIndexOf('/') + 1);
    const isModule = option.type.kind === 'path' && option.type.of === 'module';
    return isModule ? folder + moduleFileName(text) : text;
  }
  const base = option.name === 'acl-file' ? dataDirectory(document) : undefined;
  return base === undefined ? undefined : `${base.replace(/\/+$/, '')}/${text}`;
}

/** Where a relative ACL file is looked for (acl/AclPlugin.cpp); undefined where only the broker knows it. */
function dataDirectory(document: ConfDocument): string | undefined {
  const directory = effectiveText(document, 'data-dir');
  const used = !effectiveBoolean(document, 'no-data-dir') && directory?.startsWith('/') === true;
  return used ? directory : undefined;
}
