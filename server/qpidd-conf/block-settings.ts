import { distributionTransports } from '../address/broker-url';
import { type Option, optionsNamed } from './catalogue';
import type { Modules } from './modules';
import { meantText } from './values/meant';
import { readValue, type Value } from './values/value';

/** What a setting says, wherever it stands. */
export interface SettingContent {
  readonly option: Option;
  /** The value as the broker reads it. */
  readonly text: string;
  readonly parsed: Value;
  /** What surely was meant by a value that the broker refuses. */
  readonly correction?: string;
  /** `parsed`, or the correction as the broker would read it. */
  readonly understood: Value;
}

export interface BlockSetting extends SettingContent {
  /** Offset of its line in the block. */
  readonly at: number;
}

/** A question about one setting alone. */
export type Trait = (setting: SettingContent) => boolean;

/** All about the modules that bears on how a value is read. */
export type ValueReader = Pick<Modules, 'legacyStore' | 'transports'>;

/** Nearly every broker: no file that tells of other modules. */
const usual: ValueReader = { legacyStore: false, transports: distributionTransports };

export function readSetting(at: number, option: Option, text: string, by = usual): BlockSetting {
  const { transports } = by;
  const parsed = readValue(option.type, text, transports);
  const correction = parsed.kind === 'invalid' ? meantText(option.type, text, transports) : undefined;
  if (correction === undefined) return { at, option, text, parsed, understood: parsed };
  const understood = readValue(option.type, correction, transports);
  return { at, option, text, parsed, correction, understood };
}

const answersKept = 200;

/** The settings of a block in their order. */
export class BlockSettings {
  private index: ReadonlyMap<string, readonly number[]> | undefined;
  private readonly answers = new Map<Trait, readonly number[]>();
  private other: BlockSettings | undefined;

  /** @param by the broker that reads the values. */
  constructor(
    readonly all: readonly BlockSetting[],
    private readonly by = usual,
  ) {}

  /** The same settings as another broker reads them. */
  readBy(by: ValueReader): BlockSettings {
    if (isAlike(this.by, by)) return this;
    if (this.other === undefined || !isAlike(this.other.by, by)) {
      const all = this.all.map(({ at, option, text }) =>
        readSetting(at, by.legacyStore ? legacyReading(option) : option, text, by),
      );
      this.other = new BlockSettings(all, by);
    }
    return this.other;
  }

  /** The places in `all` of the settings of each option, by its name. */
  get byOption(): ReadonlyMap<string, readonly number[]> {
    this.index ??= indexed(this.all);
    return this.index;
  }

  /** The places in `all` of the settings that have a trait; each setting is asked once. */
  places(trait: Trait): readonly number[] {
    const known = this.answers.get(trait);
    if (known !== undefined) return known;
    const places: number[] = [];
    for (const [place, setting] of this.all.entries()) if (trait(setting)) places.push(place);
    // Nobody has so many questions: they were made for one call each.
    if (this.answers.size >= answersKept) this.answers.clear();
    this.answers.set(trait, places);
    return places;
  }
}

function isAlike(one: ValueReader, other: ValueReader): boolean {
  return one.legacyStore === other.legacyStore && one.transports === other.transports;
}

function legacyReading(option: Option): Option {
  return optionsNamed(option.name).find(({ module }) => module === 'legacystore.so') ?? option;
}

function indexed(settings: readonly BlockSetting[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { option }] of settings.entries()) {
    const others = places.get(option.name);
    if (others === undefined) places.set(option.name, [place]);
    else others.push(place);
  }
  return places;
}
