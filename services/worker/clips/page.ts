import { type Row, cellsOf, columns } from "./row.ts";

/**
 * The page of clips.
 *
 * @param ffmpeg its name and version.
 * @param browser its name and version, or why nothing was played.
 */
export function pageOf(rows: readonly Row[], ffmpeg: string, browser: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const notRun = browser.startsWith("not run") ? "not run" : "";
  return [
    "# Clips that people bring",
    "",
    "What the reference worker makes of each kind of file, and whether a browser plays it. Written by",
    "`npm run clips -- --write` in `services/`, which makes every clip, its preview, and plays it;",
    "`npm run test:clips` holds the same clips to the same expectations (`services/worker/clips/table/`).",
    "",
    `Made with ${ffmpeg}; played with: ${browser}.`,
    "",
    "- **Turned**: by how many degrees players have to turn the picture clockwise; a preview lies as it is watched.",
    "- **Length**: from the first frame to the end of the last, and by how much the preview's differs: at most one frame.",
    "- **Format and tags**: pixel format of the preview, and its matrix, primaries and transfer function.",
    "- **In the browser**: both forms were played to their end; the clock stood there. Size, length and, where the clip",
    "  tells left from right, colours were compared. Sound may last up to 0.1 s longer than the picture.",
    "",
    line(columns),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(cellsOf(row, notRun))),
    "",
  ].join("\n");
}
