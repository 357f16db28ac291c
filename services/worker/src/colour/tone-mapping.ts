import { type Rgb, hlgToLight, lightToPq, pqToLight } from "./transfer.ts";

/** Transfer functions of HDR, as ffmpeg calls them. */
export const hdrTransfers = ["smpte2084", "arib-std-b67"] as const;

/** A transfer function of HDR. */
export type HdrTransfer = (typeof hdrTransfers)[number];

/** Candela per square metre of white in HDR (ITU-R BT.2408), which becomes the brightest an ordinary picture has. */
const white = 203;

/** Candela per square metre of the brightest that is told apart: most HDR is mastered for it. */
const brightest = 1_000;

/** Gamma of ordinary displays (ITU-R BT.1886). */
const displayGamma = 2.4;

/** From the colours of BT.2020 to those of BT.709, for linear light (ITU-R BT.2087). */
const toBt709: readonly Rgb[] = [
  [1.6605, -0.5876, -0.0728],
  [-0.1246, 1.1329, -0.0083],
  [-0.0182, -0.1006, 1.1187],
];

/**
 * What an ordinary display is to be sent for an HDR signal. The largest of the three colours is compressed by the curve of
 * ITU-R BT.2390, and the others with it, so that bright colours keep their hue.
 *
 * @param signal of BT.2020, between 0 and 1.
 * @returns a signal of BT.709, between 0 and 1.
 */
export function toneMap(transfer: HdrTransfer, signal: Rgb): Rgb {
  const light =
    transfer === "smpte2084" ? (signal.map(pqToLight) as unknown as Rgb) : hlgToLight(signal);
  const largest = Math.max(...light);
  const gain = largest === 0 ? 0 : compress(largest) / largest / white;
  const linear = light.map((value) => value * gain);
  return toBt709.map((row) => {
    const mixed = row.reduce((sum, share, at) => sum + share * (linear[at] ?? 0), 0);
    return Math.min(1, Math.max(0, mixed)) ** (1 / displayGamma);
  }) as unknown as Rgb;
}

/** Compresses light up to {@link brightest} into what is at most {@link white}, and leaves what is dark as it is. */
function compress(light: number): number {
  const whole = lightToPq(brightest);
  const source = Math.min(1, lightToPq(light) / whole);
  const target = lightToPq(white) / whole;
  const knee = 1.5 * target - 0.5;
  if (source < knee) return light;
  const t = (source - knee) / (1 - knee);
  const bent =
    (2 * t ** 3 - 3 * t ** 2 + 1) * knee +
    (t ** 3 - 2 * t ** 2 + t) * (1 - knee) +
    (-2 * t ** 3 + 3 * t ** 2) * target;
  return pqToLight(bent * whole);
}
