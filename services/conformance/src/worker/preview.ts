import { type Statement, statementsOf } from "../statement.ts";
import { differs, farFrom, fieldOf, unlike } from "../tools/differs.ts";
import { listPreviews, readPreview } from "../tools/objects.ts";
import type { World } from "../world.ts";
import { describe } from "./film.ts";
import { add, gone } from "./jobs.ts";
import { makePreview, segmentsOf } from "./preview-stage.ts";
import { workerNeeds } from "./needs.ts";

const preview = statementsOf("worker", "docs/jobs.md", [
  ...workerNeeds,
  "ffmpeg",
  "HLS_SEGMENT_SEC",
]);

/** Seconds by which a segment or a film may differ: a frame of the suite's film, and rounding. */
const aFrame = 0.05;

/** Seconds of each segment of a playlist. */
const lengthsOf = (playlist: string): readonly number[] =>
  [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, seconds]) => Number(seconds));

async function whole(world: World) {
  const { last, playlist, failure } = await makePreview(world);
  const names = last.map(({ name }) => name);
  const segments = segmentsOf(playlist).map((name) => `hls/720p/${name}`);
  const expected = [
    "hls/master.m3u8",
    "hls/720p/playlist.m3u8",
    "preview.mp4",
    "poster.jpg",
    "preview.json",
  ];
  return [
    failure,
    ...[...expected, ...segments].map((name) => !names.includes(name) && `there is no ${name}`),
    segments.length === 0 && "the playlist names no segment",
    !segments.every((name) => /^hls\/720p\/\d{5}\.ts$/.test(name)) &&
      `segments: ${segments.join(" ")}`,
    !playlist.includes("#EXT-X-ENDLIST") && "the playlist of the whole film has no EXT-X-ENDLIST",
  ];
}

async function lastOfAll(world: World) {
  const { first, last } = await makePreview(world);
  if (!first) return ["preview.json never came"];
  const then = new Map(first.map(({ name, mark }) => [name, mark]));
  return last.map(
    ({ name, mark }) =>
      then.get(name) !== mark && `${name} was written after preview.json was there`,
  );
}

async function segments(world: World) {
  const { playlist } = await makePreview(world);
  const length = Number(world.variable("HLS_SEGMENT_SEC"));
  const lengths = [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, seconds]) =>
    Number(seconds),
  );
  const others = lengths.slice(0, -1).filter((seconds) => Math.abs(seconds - length) > aFrame);
  return [
    lengths.length < 2 && `${lengths.length} segments`,
    others.length > 0 && `expected ${length} s, there are segments of ${others.join(", ")} s`,
  ];
}

async function playable(world: World) {
  const { job, unplayable } = await makePreview(world);
  const events = (await world.reports).on(job.report).map(({ body }) => body.event);
  const [at, end] = [events.indexOf("playable"), events.indexOf("ready")];
  return [
    at === -1 && "no report says that it can be played",
    at > end && "playable came after ready",
    ...unplayable,
  ];
}

async function format(world: World) {
  const { job, film } = await makePreview(world);
  const file = await readPreview(world, `${job.preview.prefix}preview.mp4`);
  const words = await describe(world, file);
  const [, picture = ""] = /Stream .*Video: (.*)/.exec(words) ?? [];
  const [, width, height] = /\b(\d{2,5})x(\d{2,5})\b/.exec(picture) ?? [];
  return [
    unlike("the picture", picture, /^h264 \(High\)/),
    unlike("the picture", picture, /yuv420p[,(]/),
    differs("width by two", Number(width) % 2, 0),
    differs("height by two", Number(height) % 2, 0),
    farFrom("width", width, film.width, 1),
    farFrom("height", height, film.height, 1),
    unlike("the file", words, /Stream .*Audio: aac/),
  ];
}

async function length(world: World) {
  const { job, film, playlist } = await makePreview(world);
  const sum = lengthsOf(playlist).reduce((all, one) => all + one, 0);
  const ready = (await world.reports).on(job.report).find(({ body }) => body.event === "ready");
  const reported = (name: string) => fieldOf(ready?.body.media, name);
  return [
    farFrom("seconds of all segments", sum, film.seconds, aFrame),
    farFrom("reported seconds", reported("duration"), film.seconds, aFrame),
    differs("reported frames a second", reported("fps"), 25),
    differs("reported sound", reported("hasAudio"), true),
    farFrom("reported width", reported("width"), film.width, 1),
    farFrom("reported height", reported("height"), film.height, 1),
  ];
}

async function reports(world: World) {
  const { job } = await makePreview(world);
  const all = (await world.reports).on(job.report);
  const begun = all[0]?.body;
  return [
    differs("the first report", begun?.event, "started"),
    differs("its attempt", begun?.attempt, 1),
    differs("its worker", typeof begun?.worker, "string"),
    ...all.flatMap(({ method, authorization, contentType }) => [
      differs("a report", method, "POST"),
      differs("its type", contentType?.split(";")[0], "application/json"),
      differs("the job's token is with it", authorization === `Bearer ${job.token}`, true),
    ]),
  ];
}

async function acknowledged(world: World) {
  const { left, failure } = await makePreview(world);
  return [failure, left];
}

async function counted(world: World) {
  const { job } = await makePreview(world);
  const attempts = await (await world.valkey).get(`previews:attempts:${job.id}`);
  return [
    attempts !== "1" && `previews:attempts:<id> is ${attempts ?? "not there"} after one attempt`,
  ];
}

async function twice(world: World) {
  const { job, last, failure } = await makePreview(world);
  if (failure) return [failure];
  const server = await world.reports;
  const left = await gone(world, await add(world, job));
  const begun = server.on(job.report).filter(({ body }) => body.event === "started").length;
  const now = await listPreviews(world, job.preview.prefix);
  const before = new Map(last.map(({ name, mark }) => [name, mark]));
  const again = now.filter(({ name, mark }) => before.get(name) !== mark).map(({ name }) => name);
  return [
    left,
    begun !== 1 && `it was begun ${begun} times`,
    again.length > 0 && `written again: ${again.join(" ")}`,
  ];
}

/** What a worker makes of a film. */
export const previewStatements: readonly Statement[] = [
  preview({
    id: "worker-preview",
    statement: "a job becomes HLS, an MP4, a poster and preview.json",
    words: "Below `preview.prefix`, as separate files",
    check: whole,
  }),
  preview({
    id: "worker-last",
    statement: "preview.json comes when everything else is there, and nothing changes after it",
    words: "written last: where it is, the preview is whole",
    check: lastOfAll,
  }),
  preview({
    id: "worker-segments",
    statement: "segments have the configured length",
    words: "segments of `HLS_SEGMENT_SEC` seconds",
    check: segments,
  }),
  preview({
    id: "worker-playable",
    statement:
      "the first segments can be fetched when the worker says so, before the whole is ready",
    words: "the first segments and both playlists can be fetched",
    check: playable,
  }),
  preview({
    id: "worker-format",
    statement: "a film of ten bits and odd sides becomes one that every browser plays",
    words:
      "H.264 High, 8 bit, `yuv420p`, even sizes, the picture upright, AAC where there is sound",
    check: format,
  }),
  preview({
    id: "worker-length",
    statement: "a preview is as long as its master, and the report says so",
    words: "Compares the length of the preview with the master's",
    check: length,
  }),
  preview({
    id: "worker-reports",
    statement: "reports begin with started, and carry the job's token",
    words: "allows to report on this job, as `Authorization: Bearer`",
    check: reports,
  }),
  preview({
    id: "worker-acknowledged",
    statement: "the entry of a finished job is acknowledged and deleted",
    words: "Reports, then `XACK`, then `XDEL`",
    check: acknowledged,
  }),
  preview({
    id: "worker-attempts",
    statement: "attempts are counted beside the stream",
    words: "Counts the attempt in `previews:attempts:<id>`",
    check: counted,
  }),
  preview({
    id: "worker-twice",
    statement: "the same job a second time makes nothing again",
    words: "is acknowledged, and nothing is made",
    check: twice,
  }),
];
