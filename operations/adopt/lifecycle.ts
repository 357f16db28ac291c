import type { LifecycleRule } from "@aws-sdk/client-s3";

import type { StandingBucket } from "./standing.ts";

/** What the lifecycle rules of a bucket do with its objects. */
type StandingLifecycle = Pick<
  StandingBucket,
  "expiresAfterDays" | "versionsExpireAfterDays" | "otherRules"
>;

/**
 * Reads lifecycle rules. Only one of the whole bucket says when everything in it goes: days of a rule for a part of it would
 * delete the rest too.
 */
export function lifecycleOf(rules: readonly LifecycleRule[]): StandingLifecycle {
  const enabled = rules.filter(({ Status }) => Status === "Enabled");
  const whole = enabled.filter(isOfWholeBucket);
  const days = whole.flatMap(({ Expiration }) => Expiration?.Days ?? []);
  const versionDays = whole.flatMap(
    (rule) => rule.NoncurrentVersionExpiration?.NoncurrentDays ?? [],
  );
  const others = enabled.filter((rule) => expires(rule) && !isSaid(rule));
  return {
    ...(days.length > 0 ? { expiresAfterDays: Math.min(...days) } : {}),
    ...(versionDays.length > 0 ? { versionsExpireAfterDays: Math.min(...versionDays) } : {}),
    ...(others.length > 0 ? { otherRules: others.map(wordsOf) } : {}),
  };
}

function isOfWholeBucket(rule: LifecycleRule): boolean {
  const { Filter: filter } = rule;
  const prefix = ownPrefix(rule);
  const conditions = Object.entries(filter ?? {}).filter(
    ([key, value]) => value !== undefined && !(key === "Prefix" && value === ""),
  );
  return conditions.length === 0 && (prefix === undefined || prefix === "");
}

// The prefix stood in the rule itself before there were filters.
const ownPrefix = (rule: LifecycleRule): unknown => Reflect.get(rule, "Prefix");

const expires = ({ Expiration, NoncurrentVersionExpiration }: LifecycleRule) =>
  Expiration?.Days !== undefined ||
  Expiration?.Date !== undefined ||
  NoncurrentVersionExpiration !== undefined;

/** Whether a number of days of the environment can stand for it. */
const isSaid = (rule: LifecycleRule) =>
  isOfWholeBucket(rule) && rule.Expiration?.Date === undefined;

const wordsOf = (rule: LifecycleRule): string =>
  `${rule.ID ?? "a rule"}${partOf(rule)} (${deedsOf(rule).join(", ")})`;

function partOf(rule: LifecycleRule): string {
  const { Filter: filter } = rule;
  const prefix = filter?.And?.Prefix ?? filter?.Prefix ?? ownPrefix(rule);
  return typeof prefix === "string" && prefix !== "" ? ` of ${prefix}` : "";
}

const deedsOf = ({ Expiration, NoncurrentVersionExpiration: versions }: LifecycleRule) => [
  ...deed("after days:", Expiration?.Days),
  ...deed("on", Expiration?.Date?.toISOString().slice(0, 10)),
  ...deed("versions after days:", versions?.NoncurrentDays),
];

const deed = (when: string, value: number | string | undefined) =>
  value === undefined ? [] : [`${when} ${value}`];
