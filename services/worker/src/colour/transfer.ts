/** Red, green and blue. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Constants of PQ (SMPTE ST 2084). */
const pq = {
  m1: 2610 / 16384,
  m2: (2523 / 4096) * 128,
  c1: 3424 / 4096,
  c2: (2413 / 4096) * 32,
  c3: (2392 / 4096) * 32,
  /** Candela per square metre of the largest signal. */
  peak: 10_000,
} as const;

/** Constants of HLG (ITU-R BT.2100). */
const hlg = {
  a: 0.17883277,
  b: 0.28466892,
  c: 0.55991073,
  /** Gamma of the whole system, on a display of {@link hlgPeak}. */
  gamma: 1.2,
} as const;

/** Candela per square metre of the display that HLG is looked at with, as BT.2100 has it. */
const hlgPeak = 1_000;

/** Shares of red, green and blue in the luminance of BT.2020. */
const luminance: Rgb = [0.2627, 0.678, 0.0593];

/** Light of a PQ signal between 0 and 1, in candela per square metre. */
export function pqToLight(signal: number): number {
  const power = signal ** (1 / pq.m2);
  const base = Math.max(0, power - pq.c1) / (pq.c2 - pq.c3 * power);
  return pq.peak * base ** (1 / pq.m1);
}

/** PQ signal of so much light, in candela per square metre. */
export function lightToPq(light: number): number {
  const power = (Math.max(0, light) / pq.peak) ** pq.m1;
  return ((pq.c1 + pq.c2 * power) / (1 + pq.c3 * power)) ** pq.m2;
}

/** Light of an HLG signal, in candela per square metre: all three colours together make it. */
export function hlgToLight(signal: Rgb): Rgb {
  const scene = signal.map(hlgToScene) as unknown as Rgb;
  const brightness = luminance.reduce((sum, share, at) => sum + share * (scene[at] ?? 0), 0);
  const gain = brightness === 0 ? 0 : hlgPeak * brightness ** (hlg.gamma - 1);
  return scene.map((value) => gain * value) as unknown as Rgb;
}

function hlgToScene(signal: number): number {
  return signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - hlg.c) / hlg.a) + hlg.b) / 12;
}
