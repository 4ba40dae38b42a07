import { type ConfigDocument, parseConfig } from '../../server/config/config-document';
import { documentFromText } from '../../server/text/document';

export function config(text: string): ConfigDocument {
  return parseConfig(documentFromText('file:///project/qpidha.config.yaml', text));
}

/** What is wrong with the file as such. */
export function problems(text: string): readonly string[] {
  return config(text).problems.map(({ message }) => message);
}
