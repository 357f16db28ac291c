import { isLegalBucketName } from "../../../environments/schema/adopted.ts";
import type { StorageTier } from "../../../constructs/storage/tiers.ts";
import type { Remark } from "../remark.ts";
import type { StandingBucket } from "../standing.ts";
import { refused } from "./cluster.ts";

/** Longest retention that the schema takes: in effect, nothing is deleted. */
export const longestDays = 3650;

/**
 * What becomes of a bucket.
 *
 * @param field field of the retention that decides when its objects go; undefined where they never go.
 */
export function bucketRemarks(
  tier: StorageTier,
  bucket: StandingBucket | undefined,
  field: string | undefined,
): Remark[] {
  if (!bucket)
    return [{ fate: "changed", about: `the bucket of ${tier}`, what: "it is made anew" }];
  const obstacle = obstacleOf(bucket, tier);
  if (obstacle) return [obstacle];
  return [
    { fate: "adopted", about: aboutOf(bucket), what: `as ${tier}, ${lockWords(bucket)}` },
    ...(bucket.isVersioned ? [] : [changed(bucket, versioned)]),
    ...expiryRemarks(bucket, field),
    ...accessRemarks(bucket),
  ];
}

const aboutOf = ({ name }: StandingBucket) => `the bucket ${name}`;

const changed = (bucket: StandingBucket, what: string, todo?: string): Remark => ({
  fate: "changed",
  about: aboutOf(bucket),
  what,
  ...(todo === undefined ? {} : { todo }),
});

const versioned =
  "it keeps versions from then on; what was overwritten or deleted before stays gone";

function obstacleOf(bucket: StandingBucket, tier: StorageTier): Remark | undefined {
  const { name, elsewhere, lock } = bucket;
  const another = (place: string) =>
    `copy what is in it into a bucket ${place}, and say that one: --bucket ${tier}=<name>`;
  if (elsewhere !== undefined)
    return refused(
      aboutOf(bucket),
      `it lies in ${elsewhere}, and an environment keeps its media in the region of Wasabi nearest to its app`,
      another("there"),
    );
  if (lock && (tier === "staging" || tier === "previews"))
    return refused(
      aboutOf(bucket),
      `it locks new objects, ${lockWords(bucket)}, and ${tier} are replaced and deleted: no service could do its work`,
      "take the retention away (aws s3api put-object-lock-configuration), or copy what is in it into another bucket",
    );
  if (isLegalBucketName(name)) return undefined;
  return refused(
    aboutOf(bucket),
    "its name has other characters than lower-case letters, digits and hyphens: the certificates of Wasabi cover no dots",
    another("whose name has none"),
  );
}

function lockWords({ lock, isLockable }: StandingBucket): string {
  if (lock) return `${lock.mode} for ${lock.days} days`;
  return isLockable === true
    ? "with object lock, but no retention that new objects get"
    : "without object lock";
}

function expiryRemarks(bucket: StandingBucket, field: string | undefined): Remark[] {
  return [
    ...(field === undefined ? [] : dayRemarks(bucket, field)),
    ...ruleRemarks(bucket, field === undefined),
  ];
}

/** What changes about when the objects of a bucket go, where a field of the retention decides it. */
function dayRemarks(bucket: StandingBucket, field: string): Remark[] {
  const { expiresAfterDays: days, lock } = bucket;
  if (days === undefined) return [changed(bucket, stays, chooseIt(field))];
  const instead = (now: number) => `objects expire after ${now} days instead of ${days}`;
  return [
    ...(days > longestDays ? [changed(bucket, instead(longestDays))] : []),
    ...(lock && days < lock.days
      ? [changed(bucket, `${instead(lock.days)}: none goes before its lock ends`)]
      : []),
  ];
}

/** Rules that go: those for a part of a bucket, and that for all of it where its objects stay from then on. */
function ruleRemarks(bucket: StandingBucket, staysWhole: boolean): Remark[] {
  const { expiresAfterDays: days, otherRules = [] } = bucket;
  const whole = staysWhole && days !== undefined ? [`all of it after ${days} days`] : [];
  const rules = [...otherRules, ...whole];
  if (rules.length === 0) return [];
  const gone = `rules of its own go, so that what they deleted stays: ${rules.join(", ")}`;
  return [changed(bucket, gone, "delete by hand what has to go")];
}

const stays = `no object expired as a whole until now: the rule says ${longestDays} days, so that nothing goes`;

const chooseIt = (field: string) => `choose storage.retention.${field} when you know what may go`;

function accessRemarks(bucket: StandingBucket): Remark[] {
  const { hasPolicy, origins = [] } = bucket;
  const policy = changed(
    bucket,
    "its policy goes, and ours takes its place: nobody reads it without an account, and of the services each has its part",
    "media is served by the edge, by links that expire; move whoever reads the bucket itself first",
  );
  const pages = changed(
    bucket,
    `pages of the app's host alone use it from then on; no more: ${origins.join(", ")}`,
  );
  return [...(hasPolicy === true ? [policy] : []), ...(origins.length > 0 ? [pages] : [])];
}

/** What is said of replaced versions, which go by one number in all buckets. */
export const versionRemarks = (days: number | undefined): Remark[] =>
  days === undefined
    ? []
    : [
        {
          fate: "changed",
          about: "replaced versions outside masters",
          what: `they expire after ${days} days: as in the bucket that keeps them longest, or the longest that a rule can say`,
          todo: "choose storage.retention.replacedVersionDays when you know what may go",
        },
      ];
