import type { Release } from "../../environments/schema/release.ts";
import { imagesOfRelease } from "../../environments/schema/release.ts";
import { imagesAreNotAll } from "../deploy/take-back.ts";
import { type Images, areImages } from "../platform/deployments.ts";
import { type Column, columns } from "../context/columns.ts";
import { oneLine } from "../context/printable.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import { oddityLines } from "../ledger/oddities.ts";
import { sameSettings } from "../ledger/settings.ts";
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
 * @param others how that is had back which the release was made from besides images; a line each.
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
    imagesAreNotAll(target, others),
    others.length > 0 ? "\n" : "",
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

/** What is so now, to compare releases with. */
export interface Now {
  readonly running: Images;
  /** What the environment's file says, as `settingsOf` has it. */
  readonly settings: string;
}

/** The ledger, newest release first, with what runs marked. */
export function renderLedger(
  environment: string,
  { entries, oddities }: Pick<History, "entries" | "oddities">,
  now: Now,
): string {
  const { running } = now;
  const odd = oddityLines(oddities).map((line) => `! ${line}`);
  if (entries.length === 0 && odd.length > 0) return `${odd.join("\n")}\n`;
  if (entries.length === 0) return `${environment} has no release in its ledger yet.\n`;
  const same = entries.filter((entry) => areImages(running, entry));
  const current = same.findLast(({ deployment }) => deployment !== undefined) ?? same.at(-1);
  const unknown = !current && Object.values(running).some(Boolean);
  const shown = entries.slice(-shownReleases).toReversed();
  const older = entries.length - shown.length;
  return [
    ...entryLines(shown, current, now),
    ...(older > 0 ? [`   and ${older} older: --json`] : []),
    ...odd,
    unknown
      ? "What runs is not in the ledger: something else than mam deployed it."
      : "→ is what runs.",
    `Go back: mam rollback ${environment} <release>`,
    "",
  ].join("\n");
}

/** The kind and the result of an entry keep the width of their longest word. */
const entryShape: readonly Column[] = [
  {},
  {},
  { least: "emergency rollback".length },
  { least: "rolled back".length },
];

function entryLines(
  entries: readonly LedgerEntry[],
  current: LedgerEntry | undefined,
  now: Now,
): string[] {
  const lines = columns(
    entries.map((entry) => entryRow(entry, entry === current)),
    entryShape,
  );
  return entries.flatMap((entry, index) => [lines[index] ?? "", ...entryDetails(entry, now)]);
}

function entryRow({ id, kind, result, who }: LedgerEntry, runs: boolean): string[] {
  return [runs ? "→" : " ", id, kind, result, oneLine(who)];
}

function entryDetails(entry: LedgerEntry, now: Now): string[] {
  const { images, reason } = entry;
  return [
    `     ${imagesOfRelease(images)
      .map(([name, digest]) => `${name} ${shortDigest(digest)}`)
      .join("  ")}`,
    ...madeFrom(entry, now),
    ...(reason === undefined ? [] : [`     ${oneLine(reason.split("\n")[0] ?? "")}`]),
  ];
}

/** Letters of a revision that tell it from all others of a project. */
const shortRevision = 12;

/** The revision that a release was made from, and whether images alone restore it. */
function madeFrom(entry: LedgerEntry, now: Now): string[] {
  const { commit } = entry;
  const parts = [
    ...(commit === undefined
      ? []
      : [`revision ${commit.slice(0, shortRevision)}${commit.endsWith("+") ? "+" : ""}`]),
    ...(sameSettings(entry, now) === false ? ["other settings than the files have now"] : []),
  ];
  return parts.length > 0 ? [`     ${parts.join(", ")}`] : [];
}
