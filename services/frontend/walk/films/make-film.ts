import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { type Size, paintRidge, paintSky, ridgeCount } from "./paint.ts";
import type { Scene } from "./scenes.ts";

const size = { width: 1280, height: 720 };
const framesPerSecond = 25;

/** Pixels a second by which a ridge passes: the nearer, the faster. */
const speedOf = (ridge: number) => Math.round(9 * (ridge + 0.6) ** 1.25);

/** How a film is made. */
export interface FilmOptions {
  /** The program ffmpeg. */
  readonly ffmpeg: string;
  readonly scene: Scene;
  readonly seconds: number;
  /** Bits a second: fixes the size of the file. */
  readonly bitrate: number;
  /** Where it goes, with the ending that says its kind. */
  readonly path: string;
}

/** A layer of the film: a picture in a file, and how fast it passes. */
interface Layer extends Size {
  readonly file: string;
  readonly speed: number;
}

/** Makes a film that pans over a scene, with wind for its sound. */
export async function makeFilm(options: FilmOptions): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "film-"));
  try {
    const layers = await paintLayers(options, directory);
    await promisify(execFile)(options.ffmpeg, argumentsOf(options, layers));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function paintLayers({ scene, seconds }: FilmOptions, directory: string): Promise<Layer[]> {
  const keep = async (layer: Layer, picture: Buffer) => {
    await writeFile(layer.file, picture);
    return layer;
  };
  const sky = { ...size, file: join(directory, "sky"), speed: 0 };
  const layers = [await keep(sky, paintSky(scene, size))];
  for (let ridge = 0; ridge < ridgeCount; ridge++) {
    const speed = speedOf(ridge);
    const width = size.width + speed * Math.ceil(seconds);
    const layer = { width, height: size.height, file: join(directory, String(ridge)), speed };
    layers.push(await keep(layer, paintRidge(scene, ridge, layer)));
  }
  return layers;
}

function argumentsOf({ seconds, bitrate, path }: FilmOptions, layers: readonly Layer[]): string[] {
  const inputs = layers.flatMap(({ file, width, height }) => [
    ...["-f", "rawvideo", "-pix_fmt", "rgba", "-s", `${width}x${height}`],
    ...["-r", String(framesPerSecond), "-i", file],
  ]);
  // In the encoder's own colours before it is repeated, or each frame is converted again.
  const still = layers.map(
    (_, index) => `[${index}]format=yuva420p,loop=loop=-1:size=1[still${index}]`,
  );
  const over = layers.slice(1).map(({ speed }, index) => {
    const below = index === 0 ? "[still0]" : `[over${index - 1}]`;
    return `${below}[still${index + 1}]overlay=x='-t*${speed}'[over${index}]`;
  });
  // A little grain hides the steps of smooth skies, and gives the encoder something to do.
  const grain = `[over${layers.length - 2}]noise=alls=5:allf=t,format=yuv420p[film]`;
  const sound = ["-f", "lavfi", "-i", "anoisesrc=color=brown:amplitude=0.06"];
  return [
    ...["-v", "error", "-y", ...inputs, ...sound],
    ...["-filter_complex", [...still, ...over, grain].join(";")],
    ...["-map", "[film]", "-map", `${layers.length}:a`, "-t", String(seconds)],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-bufsize", String(bitrate)],
    ...["-b:v", String(bitrate), "-minrate", String(bitrate), "-maxrate", String(bitrate)],
    ...["-x264-params", "nal-hrd=cbr", "-c:a", "aac", "-b:a", "96k", path],
  ];
}
