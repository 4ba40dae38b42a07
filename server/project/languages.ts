/** The languages whose files make up a project. */
export type Language = 'conf' | 'manifest' | 'config';

const configName = /^(?:.+\.)?qpidha\.config\.(?:ya?ml|json)$/i;
const manifestName = /\.qpid\.(?:ya?ml|json)$/i;
const confName = /^qpidd.*\.conf$|\.qpidd\.conf$/i;

/** The language of a file that a project may have, by its name. */
export function recognise(name: string): Language | undefined {
  if (configName.test(name)) return 'config';
  if (manifestName.test(name)) return 'manifest';
  return confName.test(name) ? 'conf' : undefined;
}

/** True for a configuration that holds for its folder: of `strict.qpidha.config.yaml` others build on it only. */
export function isConfigOfFolder(name: string): boolean {
  return /^qpidha\.config\./i.test(name);
}

/** The language of a file that was named explicitly: it is taken whatever its name. */
export function languageOf(name: string): Language {
  return recognise(name) ?? (/\.(?:ya?ml|json)$/i.test(name) ? 'manifest' : 'conf');
}
