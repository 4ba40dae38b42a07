import type { BlockSettings, SettingContent, Trait } from './block-settings';
import type { Blocks } from './blocks';
import type { Option } from './catalogue';
import type { KeyReader } from './keys';
import { type Modules, moduleOptions, modulesOf } from './modules';
import { compareReleases, firstStrict } from './release';
import { existsIn } from './release-history';
import { PlacedSetting, type Setting } from './setting';

/** A block where it stands. */
interface Part {
  /** Offset in the file. */
  readonly start: number;
  readonly settings: BlockSettings;
}

/** The settings of one option: their places in each part that has any. */
interface Occurrences {
  readonly option: Option;
  readonly places: (readonly [part: Part, places: readonly number[]])[];
}

/** The settings of one version of a file, found by what they are, without a walk over all of them. */
export class SettingIndex {
  readonly modules: Modules;
  private readonly parts: readonly Part[];
  private readonly options: ReadonlyMap<string, Occurrences>;
  private readonly placed = new Map<SettingContent, PlacedSetting>();
  private readonly named = new Map<string, readonly PlacedSetting[]>();
  private everything: readonly Setting[] | undefined;

  /** @param searchLimit how many odd lines of the file are worth a search for what was meant by them. */
  constructor(
    private readonly blocks: Blocks,
    private readonly keys: KeyReader,
    searchLimit: number,
  ) {
    const read = partsOf(blocks, keys, searchLimit);
    const occurrences = byOption(read);
    this.modules = modulesOf(
      moduleOptions.flatMap((name) => contentsOf(occurrences.get(name))),
      keys.release,
    );
    this.parts = read.map((part) => readBy(part, this.modules));
    this.options = this.parts.every((part, index) => part === read[index])
      ? occurrences
      : byOption(this.parts);
  }

  /** Here and below: in file order. Those included that a broker of an old release passes over. */
  all(): readonly Setting[] {
    this.everything ??= this.parts.flatMap((part) =>
      part.settings.all.map((_, place) => this.at(part, place)),
    );
    return this.everything;
  }

  /** Those of options that the release of the file does not have yet, whose names are wrong for it. */
  early(): readonly Setting[] {
    const { release } = this.keys;
    if (release === undefined) return none;
    return [...this.options.values()]
      .filter(({ option }) => !existsIn(option, release))
      .flatMap((occurrences) => this.placesOf(occurrences))
      .filter((setting) => this.isEarly(setting))
      .sort((a, b) => a.start - b.start);
  }

  first(name: string): Setting | undefined {
    if (this.isLenient()) return this.of(name)[0];
    const [part, [place] = []] = this.options.get(name)?.places[0] ?? [];
    return part === undefined || place === undefined ? undefined : this.at(part, place);
  }

  of(name: string): readonly PlacedSetting[] {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    const occurrences = this.options.get(name);
    if (occurrences === undefined) return none;
    const settings = this.placesOf(occurrences).filter((setting) => this.isRead(setting));
    this.named.set(name, settings);
    return settings;
  }

  /** Those of all options that pass the test. */
  ofOptions(test: (option: Option, isRepeated: boolean) => boolean): readonly Setting[] {
    const wanted = [...this.options.values()].filter((one) => test(one.option, isRepeated(one)));
    const [only, ...others] = wanted;
    if (only === undefined) return none;
    if (others.length === 0) return this.of(only.option.name);
    return wanted.flatMap(({ option }) => this.of(option.name)).sort((a, b) => a.start - b.start);
  }

  /** Those that have a trait. */
  that(trait: Trait): readonly Setting[] {
    const found: PlacedSetting[] = [];
    for (const part of this.parts) {
      for (const place of part.settings.places(trait)) found.push(this.at(part, place));
    }
    return this.isLenient() ? found.filter((setting) => this.isRead(setting)) : found;
  }

  private placesOf({ places }: Occurrences): readonly PlacedSetting[] {
    return places.flatMap(([part, all]) => all.map((place) => this.at(part, place)));
  }

  /** Whether lines of unknown options mean nothing to the broker. */
  private isLenient(): boolean {
    const { release } = this.keys;
    return release !== undefined && compareReleases(release, firstStrict) < 0;
  }

  private isRead(setting: PlacedSetting): boolean {
    return !this.isLenient() || !this.isEarly(setting);
  }

  /** A former name is the right one in its release, and of one that is wrong anyway another rule speaks. */
  private isEarly({ option, key }: PlacedSetting): boolean {
    return !existsIn(option, this.keys.release) && this.blocks.text.slice(key.start, key.end) === option.name;
  }

  private at({ start, settings }: Part, place: number): PlacedSetting {
    const content = settings.all[place];
    if (content === undefined) throw new RangeError(`no setting ${place}`);
    let setting = this.placed.get(content);
    if (setting === undefined) {
      setting = new PlacedSetting(content, this.blocks.text, start + content.at, this.keys);
      this.placed.set(content, setting);
    }
    return setting;
  }
}

const none: readonly PlacedSetting[] = [];

function partsOf(blocks: Blocks, keys: KeyReader, searchLimit: number): readonly Part[] {
  let { start } = blocks;
  let left = searchLimit;
  return blocks.all.map((block) => {
    const searched = Math.max(0, Math.min(left, block.odd.length));
    const part = { start, settings: block.settings(keys, searched) };
    start += block.text.length;
    left -= block.odd.length;
    return part;
  });
}

function readBy(part: Part, modules: Modules): Part {
  const settings = part.settings.readBy(modules);
  return settings === part.settings ? part : { start: part.start, settings };
}

function byOption(parts: readonly Part[]): ReadonlyMap<string, Occurrences> {
  const options = new Map<string, Occurrences>();
  for (const part of parts) {
    for (const [name, places] of part.settings.byOption) {
      const known = options.get(name);
      const option = part.settings.all[places[0] ?? 0]?.option;
      if (known !== undefined) known.places.push([part, places]);
      else if (option !== undefined) options.set(name, { option, places: [[part, places]] });
    }
  }
  return options;
}

function contentsOf(occurrences: Occurrences | undefined): readonly SettingContent[] {
  return (occurrences?.places ?? []).flatMap(([{ settings }, places]) =>
    places.flatMap((place) => settings.all[place] ?? []),
  );
}

function isRepeated({ places }: Occurrences): boolean {
  return places.length > 1 || (places[0]?.[1].length ?? 0) > 1;
}
