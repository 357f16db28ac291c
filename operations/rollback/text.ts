import type { Release } from "../../environments/release.ts";
import { componentNames } from "../../environments/schema.ts";
import { type Images, areImages } from "../deploy/platform-deployments.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { imageChanges, renderChanges, shortDigest } from "../release/difference.ts";
import type { Course } from "./target.ts";

/** What no rollback brings back. */
const limits = [
  "A rollback changes images. What it cannot undo:",
  "  migrations  the database keeps today's schema; the older images have to work with it",
  "  data        what was written, changed or deleted since stays so; docs/rollback.md says how to restore",
  "  settings    variables, sizes and secrets stay those of the environment's files",
  "",
].join("\n");

/** What is said before a rollback begins. */
export function renderCourse({ target, unknown }: Course, from: Release): string {
  const changes = imageChanges(from, target);
  return [
    unknown
      ? "What runs is not in the ledger: something else than mam deployed it, and a rollback cannot return to it.\n"
      : "",
    `Back to release ${target.id}, of ${target.who}, ${target.begun}:\n`,
    changes.length > 0
      ? renderChanges(changes)
      : "  the same images that the release file says; they are deployed again\n",
    limits,
  ].join("");
}

/** The ledger, newest release first, with what runs marked. */
export function renderLedger(
  environment: string,
  entries: readonly LedgerEntry[],
  running: Images,
): string {
  if (entries.length === 0) return `${environment} has no release in its ledger yet.\n`;
  const current = entries.findLast((entry) => areImages(running, entry));
  const unknown = !current && Object.values(running).some(Boolean);
  return [
    ...entries
      .toReversed()
      .flatMap((entry) => [
        [
          entry === current ? "→" : " ",
          entry.id,
          entry.kind.padEnd("emergency rollback".length),
          entry.result.padEnd("rolled back".length),
          entry.who,
        ].join("  "),
        `     ${componentNames.map((name) => `${name} ${shortDigest(entry.images[name])}`).join("  ")}`,
        ...(entry.reason === undefined ? [] : [`     ${entry.reason.split("\n")[0] ?? ""}`]),
      ]),
    unknown
      ? "What runs is not in the ledger: something else than mam deployed it."
      : "→ is what runs.",
    `Go back: mam rollback ${environment} <release>`,
    "",
  ].join("\n");
}
