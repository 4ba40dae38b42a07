/** Amounts in the largest unit that they fill, with four digits at most. */

const sizes = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** @param bytes at least 1. */
export function binarySize(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), sizes.length - 1);
  return `${rounded(bytes / 1024 ** power)} ${sizes[power]}`;
}

const times: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
  [1e-3, 'milliseconds'],
  [1e-6, 'microseconds'],
  [1e-9, 'nanoseconds'],
];

/** Undefined where `seconds` is infinite or no number. */
export function timeSpan(seconds: number): string | undefined {
  if (!Number.isFinite(seconds)) return undefined;
  if (seconds === 0) return '0 seconds';
  const [size, name] = times.find(([size]) => Math.abs(seconds) >= size * (1 - 1e-9)) ?? [
    1e-9,
    'nanoseconds',
  ];
  const amount = rounded(seconds / size);
  return `${amount} ${amount === '1' ? name.slice(0, -1) : name}`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
