import { ageOf, minuteOf } from "../context/age.ts";
import { type Column, columns } from "../context/columns.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { shortDigest } from "../release/difference.ts";
import type { DatabaseStatus } from "./databases.ts";
import type { EndpointStatus } from "./endpoints.ts";
import type { InstanceStatus } from "./instances.ts";
import { type StatusParts, isOld, oldestDays } from "./judgement.ts";
import type { Running } from "./running.ts";
import { seenFrom } from "./seen-from.ts";
import { serviceLevelRow } from "./service-levels.ts";
import type { UptimeStatus } from "./uptime.ts";

/** Differences of the spec that are shown; the rest is counted. */
const shownDifferences = 3;

/** The lines of each part, in the order in which they are shown. */
export const linesOf: {
  readonly [Name in keyof StatusParts]: (value: StatusParts[Name], now: Date) => readonly string[];
} = {
  running: (running, now) => (running ? runningLines(running, now) : ["✗ nothing"]),
  endpoints: (endpoints) => columns(endpoints.map(endpointRow), endpointShape, 1),
  serviceLevels: (levels) => columns(levels.map(serviceLevelRow), [componentShape], 1),
  instances: (instances) => columns(instances.map(instanceRow), [componentShape], 1),
  databases: (databases) => columns(databases.map(databaseRow), [{ least: 12 }], 1),
  uptime: (checks) => columns(checks.map(uptimeRow)),
  secrets: secretLines,
  drift: driftLines,
  data: (differences) => standingLines("clusters and trusted sources are", differences),
  storage: (differences) => standingLines("buckets and users are", differences),
  locks: lockLines,
  releases: (releases, now) =>
    releases.length === 0 ? ["none yet"] : releases.map((entry) => releaseLine(entry, now)),
};

/** A mark and the name of a component, which keep the width of the longest one, `✓ frontend`. */
const componentShape: Column = { least: 10 };

/** An endpoint's name, its answer, and its time, which grows to the left so that nothing moves under `--watch`. */
const endpointShape: readonly Column[] = [componentShape, {}, { least: 8, align: "right" }];

function mark(isWell: boolean): string {
  return isWell ? "✓" : "✗";
}

function runningLines(
  { deployment, since, release, images, underWay, pinned, maintained }: Running,
  now: Date,
): string[] {
  const age =
    since === undefined ? "" : `, since ${minuteOf(since)} (${ageOf(new Date(since), now)})`;
  const state = mark(images.every(({ isReleased }) => isReleased));
  return [
    `${state} release ${release ?? "unknown to the ledger"}${age}`,
    `  deployment ${deployment ?? "none"}`,
    ...columns(images.map(imageRow), [componentShape], 1),
    ...(underWay === undefined ? [] : [`! under way: ${underWay}`]),
    ...(pinned === undefined ? [] : [`✗ pinned to deployment ${pinned}`]),
    ...(maintained ? ["! maintenance page: on"] : []),
  ];
}

function imageRow({ component, digest, isReleased }: Running["images"][number]): string[] {
  const image = digest === undefined ? "no image" : shortDigest(digest);
  return [
    `${mark(isReleased)} ${component}`,
    `${image}${isReleased ? "" : ", which is not the released one"}`,
  ];
}

function endpointRow(endpoint: EndpointStatus): string[] {
  const { name, address, status, milliseconds, maintained } = endpoint;
  const answer = String(status ?? "---");
  const sign = status !== 200 && maintained ? "–" : mark(status === 200);
  return [`${sign} ${name}`, answer, `${milliseconds} ms`, ` ${address}`];
}

function instanceRow({ component, configured, desired, ready, note }: InstanceStatus): string[] {
  const { minimum, maximum } = configured;
  const limits = minimum === maximum ? String(minimum) : `${minimum} to ${maximum}`;
  const counted = `${ready ?? "?"} of ${desired ?? "?"} healthy`;
  const besides = note === undefined ? "" : `, ${note}`;
  const isWell = (ready ?? 0) >= minimum;
  return [`${mark(isWell)} ${component}`, `${counted}, configured ${limits}${besides}`];
}

function databaseRow(database: DatabaseStatus): string[] {
  const { name, status, engine, version, nodes, size, diskGib } = database;
  if (status === undefined) return [`✗ ${name}`, "missing"];
  const disk = diskGib === undefined ? "" : `, ${diskGib} GiB of disk`;
  return [
    `${mark(status === "online")} ${name}`,
    `${status}, ${engine} ${version}, ${nodes ?? "?"} × ${size ?? "?"}${disk}`,
  ];
}

function uptimeRow(check: UptimeStatus): string[] {
  const { name, enabled, missing, down, maintained } = check;
  if (missing) return [`✗ ${name}`, "missing"];
  const off = maintained ? "switched off, while the maintenance page is on" : "switched off";
  const text = enabled ? seenFrom(check).join("; ") || "not checked yet" : off;
  const isWell = enabled && down.length === 0;
  return [`${maintained && !isWell ? "–" : mark(isWell)} ${name}`, text];
}

function secretLines(secrets: StatusParts["secrets"]): string[] {
  const [old, ages] = [secrets.filter(isOld), secrets.flatMap(({ days }) => days ?? [])];
  const unknown = secrets.length - ages.length;
  const known =
    ages.length === 0 ? "no age is known" : `the oldest is ${Math.max(...ages)} days old`;
  const rest = unknown === 0 || ages.length === 0 ? "" : `, the age of ${unknown} is not known`;
  return [
    `${old.length > 0 ? "!" : "✓"} ${secrets.length} secrets, ${known}${rest}`,
    ...old.map(({ name, days = 0 }) => `! ${name} is ${days} days old, of ${oldestDays}`),
  ];
}

function driftLines(differences: StatusParts["drift"]): string[] {
  if (differences.length === 0) return ["✓ the app's spec is as configured"];
  const rest = differences.length - shownDifferences;
  return [
    ...differences
      .slice(0, shownDifferences)
      .map(
        ({ resource, expected = "nothing", found = "missing" }) =>
          `✗ ${resource} is ${found}, expected ${expected}`,
      ),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

function standingLines(what: string, differences: readonly string[]): string[] {
  if (differences.length === 0) return [`✓ ${what} as configured`];
  const rest = differences.length - shownDifferences;
  return [
    ...differences.slice(0, shownDifferences).map((difference) => `✗ ${difference}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

function lockLines(locks: StatusParts["locks"]): string[] {
  if (locks.length === 0) return ["✓ none is held"];
  return locks.map(({ stack, lock }) =>
    lock
      ? `! ${stack}, by ${lock.Who} for ${lock.Operation}${lock.Created === undefined ? "" : `, since ${minuteOf(lock.Created)}`}`
      : `! ${stack}`,
  );
}

function releaseLine({ id, kind, result, who, begun }: LedgerEntry, now: Date): string {
  return `${mark(result === "succeeded")} ${id}  ${kind}, ${result}, by ${who}, ${ageOf(new Date(begun), now)} ago`;
}
