import type { Played } from "./browser.ts";
import type { Inspection } from "./inspect.ts";
import type { Judgement, Measured } from "./judge.ts";

/** What came out of a clip, and what a browser made of it. */
export interface Row {
  readonly judgement: Judgement;
  /** Undefined when it was refused, or where there is no browser. */
  readonly played: Played | undefined;
}

/** Whether a clip came out as its table says. */
export function isAsExpected(row: Row): boolean {
  return deviationsOf(row).length === 0;
}

const deviationsOf = ({ judgement, played }: Row) => [
  ...judgement.deviations,
  ...(played?.deviations ?? []),
];

/** Names of the columns; {@link cellsOf} fills them. */
export const columns = [
  ...["Clip", "Comes in as", "What comes of it", "Size", "Turned"],
  ...["Length", "Frames", "Format and tags", "In the browser", "As expected"],
] as const;

/** The cells of a clip's row. @param inBrowser what is said where there is no browser. */
export function cellsOf(row: Row, inBrowser: string): readonly string[] {
  const { result, measured } = row.judgement;
  const { clip, reason = "" } = result;
  const deviations = deviationsOf(row);
  const verdict = deviations.length === 0 ? "yes" : `**no**: ${deviations.join("; ")}`;
  const file = `\`${clip.file}\``;
  if (!measured) return [clip.what, file, `refused: ${reason}`, "", "", "", "", "", "", verdict];
  const { master, film } = measured;
  return [
    clip.what,
    `${file}, ${master.film.picture.codec}, ${master.film.picture.pixelFormat}`,
    film.film.sound === undefined ? "preview without sound" : "preview with sound",
    `${sizeOf(master)} → ${sizeOf(film)}`,
    `${turnOf(master)} → ${turnOf(film)}`,
    lengthOf(measured),
    `${master.frames} → ${film.frames}`,
    tagsOf(film),
    row.played ? playedWords(row.played) : inBrowser,
    verdict,
  ];
}

const sizeOf = ({ film: { picture } }: Inspection) => `${picture.width}×${picture.height}`;

/** Degrees clockwise; ffmpeg counts them the other way round. */
const turnOf = ({ film: { picture } }: Inspection) => `${(360 - picture.rotation) % 360}°`;

/** Seconds of the picture's frames, before and after. */
function lengthOf({ master, film }: Measured): string {
  const difference = film.seconds - master.seconds;
  const sign = difference < 0 ? "−" : "+";
  return `${master.seconds.toFixed(3)} s ${sign} ${Math.abs(difference).toFixed(3)} s`;
}

function tagsOf({ film: { picture } }: Inspection): string {
  const { pixelFormat, space, primaries, transfer } = picture;
  const tags = [...new Set([space, primaries, transfer])].join(", ");
  return `${pixelFormat}, ${tags}`;
}

function playedWords({ mp4, hls }: Played): string {
  const seconds = [mp4, hls].map(({ clock }) => `${clock.toFixed(2)} s`);
  return `plays: MP4 ${seconds[0] ?? ""}, HLS ${seconds[1] ?? ""}`;
}
