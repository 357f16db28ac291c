import { setTimeout as delay } from "node:timers/promises";

import { type Listed, listPreviews, readPreview, remove } from "../tools/objects.ts";
import { wordsOf } from "../tools/wait.ts";
import type { World } from "../world.ts";
import { type Film, makeFilm } from "./film.ts";
import { type Job, add, gone, newJob } from "./jobs.ts";

/** All that was seen of one preview while it was made. */
export interface Made {
  readonly film: Film;
  readonly job: Job;
  /** What could not be fetched when the worker said that it could. */
  readonly unplayable: readonly string[];
  /** What there was when `preview.json` was first seen; undefined when it never came. */
  readonly first: readonly Listed[] | undefined;
  /** What there is now. */
  readonly last: readonly Listed[];
  readonly playlist: string;
  /** What contradicts that the entry was acknowledged and deleted. */
  readonly left: string | false;
  /** Why the preview is not ready. */
  readonly failure: string | false;
}

const playlistName = "hls/720p/playlist.m3u8";

/** Names of the segments that a playlist has. */
export const segmentsOf = (playlist: string): readonly string[] =>
  playlist
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

/** Reads what a player needs to begin. @returns what is missing. */
async function begin(world: World, prefix: string): Promise<string[]> {
  try {
    await readPreview(world, `${prefix}hls/master.m3u8`);
    const playlist = (await readPreview(world, `${prefix}${playlistName}`)).toString();
    const [segment] = segmentsOf(playlist);
    if (segment === undefined) return ["the playlist names no segment"];
    await readPreview(world, `${prefix}hls/720p/${segment}`);
    return [];
  } catch (error) {
    return [wordsOf(error)];
  }
}

async function watch(world: World, prefix: string, ended: AbortSignal) {
  while (!ended.aborted) {
    const listed = await listPreviews(world, prefix);
    if (listed.some(({ name }) => name === "preview.json")) return listed;
    await delay(25);
  }
  return undefined;
}

/** Has a worker make a preview of a film, and watches. */
export function makePreview(world: World): Promise<Made> {
  return world.once("preview of the worker", async () => {
    const film = await makeFilm(world);
    const unplayable: string[] = [];
    const job = await newJob(world, "film", film.bytes, async ({ body }) => {
      if (body.event === "playable") unplayable.push(...(await begin(world, job.preview.prefix)));
      return 204;
    });
    const { prefix } = job.preview;
    const entry = await add(world, job);
    const ended = new AbortController();
    const late = AbortSignal.timeout(2000 * world.patience);
    const watching = watch(world, prefix, AbortSignal.any([ended.signal, late]));
    const failure = await (await world.reports).taken(job.report, "ready", world.patience).then(
      () => false as const,
      (error: unknown) => wordsOf(error),
    );
    const left = failure === false && (await gone(world, entry));
    // A preview that is ready has its record: whoever watches is about to see it.
    if (failure !== false) ended.abort();
    const first = await watching;
    const last = await listPreviews(world, prefix);
    for (const { name } of last) world.atEnd(() => remove(world, "PREVIEWS_BUCKET", prefix + name));
    const playlist = await readPreview(world, prefix + playlistName).then(String, () => "");
    return { film, job, unplayable, first, last, playlist, left, failure };
  });
}
