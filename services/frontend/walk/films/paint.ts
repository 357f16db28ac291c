import type { Colour, Scene } from "./scenes.ts";

/** Ridges of a scene, one behind the other. */
export const ridgeCount = 5;

/** A picture's size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;
const mixed = (a: Colour, b: Colour, share: number): Colour => [
  mix(a[0], b[0], share),
  mix(a[1], b[1], share),
  mix(a[2], b[2], share),
];
const withinOne = (value: number) => Math.min(1, Math.max(0, value));

/**
 * Paints the sky of a scene.
 *
 * @returns red, green, blue and opacity of each pixel, row by row.
 */
export function paintSky({ skyTop, skyLow, sun, sunAt }: Scene, { width, height }: Size): Buffer {
  return paint({ width, height }, (x, y) => {
    const distance = Math.hypot(x - sunAt[0] * width, y - sunAt[1] * height) / height;
    const disc = withinOne((0.062 - distance) * height * 0.5);
    const glow = 0.75 * Math.exp(-distance * 5.2);
    const sky = mixed(skyTop, skyLow, Math.min(1, (y / height) * 1.65));
    return [mixed(sky, sun, Math.max(disc, glow)), 1];
  });
}

/**
 * Paints a ridge of a scene, transparent above. Mist lies in the valleys: farther down, a ridge fades into the light
 * behind it.
 *
 * @param ridge from 0, the farthest.
 * @param size wider than the film, which pans over it.
 * @returns red, green, blue and opacity of each pixel, row by row.
 */
export function paintRidge(scene: Scene, ridge: number, size: Size): Buffer {
  const { height } = size;
  const own = mixed(scene.farRidge, scene.nearRidge, (ridge / (ridgeCount - 1)) ** 0.8);
  const tops = Array.from(
    { length: size.width },
    (_, x) => topAt(scene, ridge, x / height) * height,
  );
  return paint(size, (x, y) => {
    const depth = y - (tops[x] ?? 0);
    if (depth < -0.5) return [own, 0];
    const mist = Math.min(0.55, Math.max(0, depth) / height) * (1 - ridge / ridgeCount);
    return [mixed(own, scene.skyLow, mist), withinOne(depth + 0.5)];
  });
}

/** How far below the picture's top a ridge begins: 0 to 1. */
function topAt({ place, steepness }: Scene, ridge: number, x: number): number {
  const wave = (frequency: number, share: number) =>
    Math.sin((place + x * 1.2) * frequency + ridge * 2.4 + share * 5) * share;
  const shape = wave(2.1, 0.5) + wave(4.7, 0.24) + wave(11, 0.1) + wave(27, 0.035);
  return 0.5 + ridge * 0.095 - shape * 0.085 * steepness * (1 - ridge * 0.06);
}

/** A picture by the colour and the opacity of each of its pixels. */
function paint(
  { width, height }: Size,
  at: (x: number, y: number) => readonly [Colour, number],
): Buffer {
  const picture = Buffer.alloc(width * height * 4);
  for (let y = 0, place = 0; y < height; y++)
    for (let x = 0; x < width; x++, place += 4) {
      const [colour, opacity] = at(x, y);
      picture.set(colour, place);
      picture[place + 3] = Math.round(opacity * 255);
    }
  return picture;
}
