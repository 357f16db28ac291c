import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Violation } from "../context/check.ts";
import { type StoredDump, isFinished } from "./dumps.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** A dump may not be smaller than this share of the one before: rows go one by one, and a table goes at once. */
const leastShare = 0.5;

/** Whether the newest dump that was finished is as young as it has to be. */
export function ageViolations(
  dumps: readonly StoredDump[],
  { monitoring }: EnvironmentConfig,
  now: Date,
): Violation[] {
  const { backupAgeHours } = monitoring.objectives;
  const newest = dumps.find(isFinished);
  const age = newest ? now.getTime() - newest.begun.getTime() : Infinity;
  if (age <= backupAgeHours * hour) return [];
  const [last] = dumps;
  const unfinished = last && !isFinished(last) ? `; ${last.id} has no manifest` : "";
  return [
    {
      resource: "the newest dump",
      expected: `younger than ${backupAgeHours} hours`,
      found: `${newest ? `of ${newest.begun.toISOString()}` : "none"}${unfinished}`,
    },
  ];
}

/** Whether the newest dump is about as large as the one before. */
export function sizeViolations(dumps: readonly StoredDump[]): Violation[] {
  const [newest, before] = dumps.filter(isFinished).map(({ id, archive }) => ({
    id,
    bytes: archive?.bytes ?? 0,
  }));
  if (!newest) return [];
  const { id, bytes } = newest;
  const resource = `the dump ${id}`;
  if (bytes === 0) return [{ resource, expected: "more than 0 bytes", found: "0 bytes" }];
  if (!before || bytes >= before.bytes * leastShare) return [];
  const expected = `at least half of the ${before.bytes} bytes of ${before.id}`;
  return [{ resource, expected, found: `${bytes} bytes` }];
}

/**
 * Whether nobody has hidden a dump. A lock keeps its version and not its name: after a deletion, which anybody with the right
 * may make, readers find nothing. The bucket's own rule deletes dumps too, when they are old.
 */
export function hiddenViolations(
  dumps: readonly StoredDump[],
  { storage }: EnvironmentConfig,
): Violation[] {
  const kept = (storage.retention.backupsDays - 1) * day;
  return dumps.flatMap(({ id, begun, markers, overwritten }) => [
    ...markers
      .filter(({ modified }) => modified.getTime() - begun.getTime() < kept)
      .map(({ key, modified, version }) => ({
        resource: key,
        expected: `no deletion within ${storage.retention.backupsDays} days`,
        found: `deleted at ${modified.toISOString()} (marker ${version})`,
      })),
    ...overwritten.map(({ key, modified, version }) => ({
      resource: key,
      expected: "one version, of the dump's own hour",
      found: `another one of ${modified.toISOString()} (${version}), which hides ${id}`,
    })),
  ]);
}
