import type { Release } from "../../environments/schema/release.ts";
import { componentNames } from "../../environments/schema/environment.ts";
import { type Images, areImages } from "../platform/deployments.ts";
import { oneLine } from "../context/printable.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import { oddityLines } from "../ledger/oddities.ts";
import { imageChanges, renderChanges, shortDigest } from "../release/difference.ts";
import type { Candidate } from "./candidate.ts";
import type { Course } from "./target.ts";

/** What no rollback brings back, and what becomes of the settings. */
function limits(settings: string): string {
  return [
    "A rollback changes images. What it cannot undo:",
    "  migrations  the database keeps today's schema; the older images have to work with it",
    "  data        what was written, changed or deleted since stays so; docs/rollback.md says how to restore",
    `  settings    ${settings}`,
    "",
    "",
  ].join("\n");
}

const settings = {
  release: "variables, sizes and secrets stay those of the environment's files",
  emergency:
    "variables, sizes and secrets of that time come back too; mam plan then shows what differs",
} as const;

/**
 * What is said before a rollback begins.
 *
 * @param from what the release file says.
 * @param others how settings that the release ran with, and that are others now, are had back; a line each.
 */
export function renderCourse(
  { target, unknown }: Course,
  from: Release,
  way: keyof typeof settings,
  others: readonly string[] = [],
): string {
  return [
    unknown
      ? "What runs is not in the ledger: something else than mam deployed it, and a rollback cannot return to it.\n"
      : "",
    `Back to release ${target.id}, of ${oneLine(target.who)}, ${target.begun}:\n`,
    renderImages(from, target),
    limits(settings[way]),
    ...(others.length > 0
      ? [
          `Images alone do not restore release ${target.id}: it ran with other settings.\n`,
          ...others.map((line) => `  ${line}\n`),
          "\n",
        ]
      : []),
  ].join("");
}

/** What is said before an emergency rollback to something that only the platform knows. */
export function renderEarlier({ deployment, made, release }: Candidate, from: Release): string {
  return [
    `Back to deployment ${deployment}${made === undefined ? "" : `, of ${made}`}, which the ledger does not have:\n`,
    renderImages(from, release),
    limits(settings.emergency),
  ].join("");
}

function renderImages(from: Release, to: Pick<Release, "images">): string {
  const changes = imageChanges(from, to);
  if (changes.length > 0) return renderChanges(changes);
  return "  the same images that the release file says; they are deployed again\n";
}

/** Releases that are shown of a ledger; `--json` has all of them. */
const shownReleases = 20;

/** The ledger, newest release first, with what runs marked. */
export function renderLedger(
  environment: string,
  { entries, oddities }: Pick<History, "entries" | "oddities">,
  running: Images,
): string {
  const odd = oddityLines(oddities).map((line) => `! ${line}`);
  if (entries.length === 0 && odd.length > 0) return `${odd.join("\n")}\n`;
  if (entries.length === 0) return `${environment} has no release in its ledger yet.\n`;
  const same = entries.filter((entry) => areImages(running, entry));
  const current = same.findLast(({ deployment }) => deployment !== undefined) ?? same.at(-1);
  const unknown = !current && Object.values(running).some(Boolean);
  const shown = entries.slice(-shownReleases).toReversed();
  const older = entries.length - shown.length;
  return [
    ...shown.flatMap((entry) => renderEntry(entry, entry === current)),
    ...(older > 0 ? [`   and ${older} older: --json`] : []),
    ...odd,
    unknown
      ? "What runs is not in the ledger: something else than mam deployed it."
      : "→ is what runs.",
    `Go back: mam rollback ${environment} <release>`,
    "",
  ].join("\n");
}

function renderEntry(
  { id, kind, result, who, images, reason }: LedgerEntry,
  runs: boolean,
): string[] {
  const columns = [kind.padEnd("emergency rollback".length), result.padEnd("rolled back".length)];
  return [
    [runs ? "→" : " ", id, ...columns, oneLine(who)].join("  "),
    `     ${componentNames.map((name) => `${name} ${shortDigest(images[name])}`).join("  ")}`,
    ...(reason === undefined ? [] : [`     ${oneLine(reason.split("\n")[0] ?? "")}`]),
  ];
}
