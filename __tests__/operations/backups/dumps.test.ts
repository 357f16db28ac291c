import { storedDumps } from "../../../operations/backups/dumps.ts";
import {
  ageViolations,
  hiddenViolations,
  sizeViolations,
} from "../../../operations/backups/judgement.ts";
import type { StoredVersion } from "../../../operations/context/object-versions.ts";
import { production } from "../../../environments/production.ts";
import { checked } from "../../support/environments.ts";

const config = checked(production);
const now = new Date("2026-11-29T12:00:00Z");

const version = (key: string, more: Partial<StoredVersion> = {}): StoredVersion => ({
  key,
  version: "v1",
  isMarker: false,
  isLatest: true,
  modified: new Date("2026-11-29T00:05:00Z"),
  bytes: 1000,
  tag: "tag",
  ...more,
});
const dump = (day: string, bytes = 1000): StoredVersion[] => [
  version(`dumps/2026-11-${day}T00-00-00Z/database.dump`, { bytes }),
  version(`dumps/2026-11-${day}T00-00-00Z/manifest.json`, { bytes: 500 }),
];

test("dumps are known by their names, newest first, and what is no dump is left out", () => {
  const found = storedDumps([...dump("28"), ...dump("29"), version("dumps/note.txt")]);
  expect(found.map(({ id, begun }) => [id, begun.toISOString()])).toEqual([
    ["2026-11-29T00-00-00Z", "2026-11-29T00:00:00.000Z"],
    ["2026-11-28T00-00-00Z", "2026-11-28T00:00:00.000Z"],
  ]);
});

test("the newest dump with a manifest has to be young enough", () => {
  expect(ageViolations(storedDumps(dump("29")), config, now)).toEqual([]);
  const [archive] = dump("29");
  expect(ageViolations(storedDumps([...dump("28"), archive!]), config, now)).toEqual([
    {
      resource: "the newest dump",
      expected: "younger than 26 hours",
      found: "of 2026-11-28T00:00:00.000Z; 2026-11-29T00-00-00Z has no manifest",
    },
  ]);
  expect(ageViolations([], config, now)).toMatchObject([{ found: "none" }]);
});

test("a dump that a wrong clock named for the future is as old as storage says, and not the newest for ever", () => {
  const stored = { modified: new Date("2026-11-27T00:05:00Z") };
  const named = ["database.dump", "manifest.json"].map((name) =>
    version(`dumps/2099-01-01T00-00-00Z/${name}`, stored),
  );
  const dumps = storedDumps([...named, ...dump("28")]);
  expect(dumps.map(({ id }) => id)).toEqual(["2026-11-28T00-00-00Z", "2099-01-01T00-00-00Z"]);
  expect(ageViolations(storedDumps(named), config, now)).toMatchObject([
    { found: "of 2026-11-27T00:05:00.000Z" },
  ]);
});

test("the newest dump may not be less than half as large as the one before, and never empty", () => {
  expect(sizeViolations(storedDumps([...dump("28"), ...dump("29", 500)]))).toEqual([]);
  expect(sizeViolations(storedDumps([...dump("28"), ...dump("29", 499)]))).toEqual([
    {
      resource: "the dump 2026-11-29T00-00-00Z",
      expected: "at least half of the 1000 bytes of 2026-11-28T00-00-00Z",
      found: "499 bytes",
    },
  ]);
  expect(sizeViolations(storedDumps(dump("29", 0)))).toMatchObject([
    { expected: "more than 0 bytes", found: "0 bytes" },
  ]);
  expect(sizeViolations([])).toEqual([]);
});

test("a deletion is an alarm until the bucket's own rule may be the one that deletes", () => {
  const key = "dumps/2026-11-28T00-00-00Z/database.dump";
  const marked = (modified: string) =>
    hiddenViolations(
      storedDumps([...dump("28"), version(key, { isMarker: true, modified: new Date(modified) })]),
      config,
    );
  expect(marked("2026-11-29T03:00:00Z")).toMatchObject([
    { resource: key, found: "deleted at 2026-11-29T03:00:00.000Z (marker v1)" },
  ]);
  expect(marked("2026-12-28T00:00:00Z")).toEqual([]);
});

test("writing over a dump is an alarm, and the first version stays the dump", () => {
  const key = "dumps/2026-11-28T00-00-00Z/database.dump";
  const later = version(key, { version: "v2", modified: new Date("2026-11-29T09:00:00Z") });
  const [found] = storedDumps([later, ...dump("28")]);
  expect(found?.archive?.version).toBe("v1");
  expect(hiddenViolations([found!], config)).toMatchObject([{ resource: key }]);
});
