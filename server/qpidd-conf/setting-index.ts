import type { BlockSettings, SettingContent, Trait } from './block-settings';
import type { Blocks } from './blocks';
import type { Option } from './catalogue';
import type { KeyReader } from './keys';
import { type Modules, moduleOptions, modulesOf } from './modules';
import { PlacedSetting, type Setting } from './setting';

/** A block where it stands. */
interface Part {
  /** Offset in the file. */
  readonly start: number;
  readonly settings: BlockSettings;
}

/** The settings of one version of a file, found by what they are, without a walk over all of them. */
export class SettingIndex {
  readonly modules: Modules;
  private readonly parts: readonly Part[];
  private readonly placed = new Map<SettingContent, PlacedSetting>();
  private readonly byName = new Map<string, readonly PlacedSetting[]>();
  private everything: readonly Setting[] | undefined;
  private options: readonly Option[] | undefined;

  /** @param searchLimit how many odd lines of the file are worth a search for what was meant by them. */
  constructor(
    private readonly blocks: Blocks,
    keys: KeyReader,
    searchLimit: number,
  ) {
    const parts: Part[] = [];
    let { start } = blocks;
    let left = searchLimit;
    for (const block of blocks.all) {
      const searched = Math.max(0, Math.min(left, block.odd.length));
      parts.push({ start, settings: block.settings(keys, searched) });
      start += block.text.length;
      left -= block.odd.length;
    }
    const aboutModules = moduleOptions.flatMap((name) => contentsOf(parts, name));
    this.modules = modulesOf(aboutModules, keys.release);
    this.parts = parts.map((part) => ({ ...part, settings: part.settings.readBy(this.modules) }));
  }

  /** Here and below: in file order. */
  all(): readonly Setting[] {
    this.everything ??= this.parts.flatMap((part) =>
      part.settings.all.map((_, place) => this.at(part, place)),
    );
    return this.everything;
  }

  first(name: string): Setting | undefined {
    for (const part of this.parts) {
      const place = part.settings.byOption.get(name)?.[0];
      if (place !== undefined) return this.at(part, place);
    }
    return undefined;
  }

  of(name: string): readonly Setting[] {
    return this.named(name);
  }

  /** Those of all options that pass the test. */
  ofOptions(test: (option: Option) => boolean): readonly Setting[] {
    const names = this.optionsSet()
      .filter(test)
      .map(({ name }) => name);
    const [only] = names;
    if (only !== undefined && names.length === 1) return this.named(only);
    return names.flatMap((name) => this.named(name)).sort((a, b) => a.start - b.start);
  }

  /** Those that have a trait. */
  that(trait: Trait): readonly Setting[] {
    const found: Setting[] = [];
    for (const part of this.parts) {
      for (const place of part.settings.places(trait)) found.push(this.at(part, place));
    }
    return found;
  }

  private named(name: string): readonly PlacedSetting[] {
    let settings = this.byName.get(name);
    if (settings === undefined) {
      settings = this.parts.flatMap((part) => this.several(part, part.settings.byOption.get(name)));
      this.byName.set(name, settings);
    }
    return settings;
  }

  private several(part: Part, places: readonly number[] | undefined): readonly PlacedSetting[] {
    return places === undefined ? [] : places.map((place) => this.at(part, place));
  }

  /** Each option that is set, once. */
  private optionsSet(): readonly Option[] {
    this.options ??= distinctOptions(this.parts);
    return this.options;
  }

  private at({ start, settings }: Part, place: number): PlacedSetting {
    const content = settings.all[place];
    if (content === undefined) throw new RangeError(`no setting ${place}`);
    let setting = this.placed.get(content);
    if (setting === undefined) {
      setting = new PlacedSetting(content, this.blocks.text, start + content.at);
      this.placed.set(content, setting);
    }
    return setting;
  }
}

function contentsOf(parts: readonly Part[], name: string): readonly SettingContent[] {
  return parts.flatMap(({ settings }) =>
    (settings.byOption.get(name) ?? []).flatMap((place) => settings.all[place] ?? []),
  );
}

function distinctOptions(parts: readonly Part[]): readonly Option[] {
  const options = new Map<string, Option>();
  for (const { settings } of parts) {
    for (const [name, [place = -1]] of settings.byOption) {
      const option = options.has(name) ? undefined : settings.all[place]?.option;
      if (option !== undefined) options.set(name, option);
    }
  }
  return [...options.values()];
}
