/** What a file cannot tell of itself, for proposals; asked for only where it matters. */
export interface Surroundings {
  /** Full paths of modules that could be loaded. */
  modules(): readonly string[];
  /** Hosts that the files of the deployment name. */
  hosts(): readonly string[];
  /** What lies in a directory of this machine, which may be that of the broker. */
  list(directory: string): readonly { readonly name: string; readonly isFolder: boolean }[];
}

export const nothingAround: Surroundings = { modules: () => [], hosts: () => [], list: () => [] };
