import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { makeFilm } from "../../../frontend/walk/films/make-film.ts";
import { scenes } from "../../../frontend/walk/films/scenes.ts";
import { engines } from "../../../local/engines.ts";

/** Films to upload, in a folder of their own. */
export interface Films {
  /** 36 MB: seven parts of 5 MiB, more than are sent at a time. */
  readonly inParts: string;
  readonly short: string;
  remove(): Promise<void>;
}

export async function makeFilms(): Promise<Films> {
  const directory = await mkdtemp(join(tmpdir(), "films-"));
  const make = async (index: number, seconds: number, bitrate: number) => {
    const scene = scenes[index]!;
    const path = join(directory, `${scene.name}.mov`);
    const ffmpeg = engines.found.ffmpeg?.program ?? "ffmpeg";
    await makeFilm({ ffmpeg, scene, seconds, bitrate, path });
    return path;
  };
  return {
    inParts: await make(0, 6, 48e6),
    short: await make(1, 2, 2e6),
    remove: () => rm(directory, { recursive: true }),
  };
}
