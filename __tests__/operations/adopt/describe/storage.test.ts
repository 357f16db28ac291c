import type { StandingBucket } from "../../../../operations/adopt/standing.ts";
import { described, of, standing } from "../support/standing.ts";

const bucket = (changes: Partial<StandingBucket> = {}): StandingBucket => ({
  name: "shop-films",
  isVersioned: true,
  hasVersions: true,
  ...changes,
});

const withBucket = (tier: string, changes: Partial<StandingBucket>) =>
  described(standing({}, { buckets: { [tier]: bucket(changes) } }));

test("a rule for a part of a bucket is said to go, and nothing begins to expire by it", () => {
  const { fields, remarks } = withBucket("previews", { otherRules: ["t of tmp/ (after days: 1)"] });

  expect(fields.storage.retention).toMatchObject({ previewsDays: 3650 });
  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(
      /shop-films: rules of its own go, so that what they deleted stays: t of tmp/,
    ),
  );
});

test("masters that expired do so no more, and it is said", () => {
  expect(of(withBucket("masters", { expiresAfterDays: 700 }).remarks, "changed")).toContainEqual(
    expect.stringMatching(/what they deleted stays: all of it after 700 days/),
  );
});

test.each([
  ["are kept for good", {}, 3650],
  ["expire", { versionsExpireAfterDays: 400 }, 400],
])("replaced versions that %s go no sooner", (_, changes, days) => {
  const { fields, remarks } = withBucket("previews", changes);

  expect(fields.storage.retention).toMatchObject({ replacedVersionDays: days });
  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(`replaced versions outside masters: they expire after ${days} days`),
  );
});

test("of several buckets the one that keeps replaced versions longest counts, and one without versions does not", () => {
  const buckets = {
    staging: bucket({ versionsExpireAfterDays: 20 }),
    previews: bucket({ name: "shop-previews", versionsExpireAfterDays: 90 }),
    backups: bucket({ name: "shop-dumps", isVersioned: false, hasVersions: false }),
  };

  expect(described(standing({}, { buckets })).fields.storage.retention).toMatchObject({
    replacedVersionDays: 90,
  });
});

test("dumps that are locked for longer than they are kept are kept as long as they are locked", () => {
  const lock = { mode: "GOVERNANCE", days: 90 } as const;
  const { fields, remarks } = withBucket("backups", { lock, expiresAfterDays: 30 });

  expect(fields.storage).toMatchObject({
    backups: { objectLock: lock },
    retention: { backupsDays: 90 },
  });
  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(/objects expire after 90 days instead of 30/),
  );
});

test("more days than a rule can say become as many as it can", () => {
  const { fields, remarks } = withBucket("previews", { expiresAfterDays: 5000 });

  expect(fields.storage.retention).toMatchObject({ previewsDays: 3650 });
  expect(of(remarks, "changed")).toContainEqual(expect.stringMatching(/3650 days instead of 5000/));
});

test("object lock without a retention is not called none", () => {
  expect(of(withBucket("masters", { isLockable: true }).remarks, "adopted")).toContainEqual(
    "the bucket shop-films: as masters, with object lock, but no retention that new objects get",
  );
});

test("a policy that goes is said, and pages that may not use the bucket any more", () => {
  const changes = { hasPolicy: true, origins: ["https://old.example"] };
  const said = of(withBucket("previews", changes).remarks, "changed");

  expect(said).toContainEqual(expect.stringMatching(/its policy goes, and ours takes its place/));
  expect(said).toContainEqual(expect.stringMatching(/no more: https:\/\/old.example/));
});

test.each([
  ["lies in another region", "masters", { elsewhere: "eu-central-1" }, /it lies in eu-central-1/],
  ["has dots in its name", "masters", { name: "films.shop.example" }, /Wasabi cover no dots/],
  [
    "locks what services replace",
    "previews",
    { lock: { mode: "GOVERNANCE", days: 10 } },
    /it locks new objects, GOVERNANCE for 10 days/,
  ],
] as const)("a bucket that %s is refused", (_, tier, changes, reason) => {
  const refusals = withBucket(tier, changes).remarks.filter(({ fate }) => fate === "refused");

  expect(refusals).toEqual([
    expect.objectContaining({ what: expect.stringMatching(reason) as string }),
  ]);
  expect(refusals[0]?.todo).toBeDefined();
});
