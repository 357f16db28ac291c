import type { StoredVersion } from "../context/object-versions.ts";

/** Prefix of everything that the backup writes: docs/restore.md. */
export const dumpPrefix = "dumps/";

/** A dump as the bucket's list shows it. */
export interface StoredDump {
  /** Its name, which is the time at which it began: `2026-11-29T01-00-00Z`. */
  readonly id: string;
  /** When it began, by its name; not after storage had it, whatever the clock said that named it. */
  readonly begun: Date;
  /** First version of the archive, which is the one that was written by the dump; undefined when there is none. */
  readonly archive: StoredVersion | undefined;
  /** First version of the manifest. */
  readonly manifest: StoredVersion | undefined;
  /** Versions of either that came later: whoever writes over a dump hides it. */
  readonly overwritten: readonly StoredVersion[];
  /** Markers of deletions. */
  readonly markers: readonly StoredVersion[];
}

const idPattern =
  /^dumps\/(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z)\/(database\.dump|manifest\.json)$/;

/** The time that a dump's name says. */
const timeOf = (id: string) => new Date(id.replace(/T(\d{2})-(\d{2})-(\d{2})Z$/, "T$1:$2:$3Z"));

/** The dumps that versions belong to, newest first. Anything else below the prefix is none of ours and left out. */
export function storedDumps(versions: readonly StoredVersion[]): readonly StoredDump[] {
  const byId = new Map<string, StoredVersion[]>();
  for (const version of versions) {
    const id = idPattern.exec(version.key)?.[1];
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), version]);
  }
  return [...byId]
    .map(([id, own]) => storedDump(id, own))
    .sort((one, other) => other.begun.getTime() - one.begun.getTime());
}

function storedDump(id: string, versions: readonly StoredVersion[]): StoredDump {
  const ofFile = (name: string) =>
    versions
      .filter(({ key, isMarker }) => !isMarker && key.endsWith(name))
      .sort((one, other) => one.modified.getTime() - other.modified.getTime());
  const [archive, ...laterArchives] = ofFile("/database.dump");
  const [manifest, ...laterManifests] = ofFile("/manifest.json");
  return {
    id,
    begun: notAfter(timeOf(id), archive ?? manifest),
    archive,
    manifest,
    overwritten: [...laterArchives, ...laterManifests],
    markers: versions.filter(({ isMarker }) => isMarker),
  };
}

/** A clock that was wrong by years would else name a dump that stays the newest one for years. */
const notAfter = (named: Date, stored: StoredVersion | undefined): Date =>
  stored && stored.modified < named ? stored.modified : named;

/** Whether a dump was finished: its manifest is written last. */
export const isFinished = ({ archive, manifest }: StoredDump): boolean =>
  archive !== undefined && manifest !== undefined;
