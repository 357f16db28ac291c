import { z } from "zod";

import { tagList, tagRecord, tagSchema } from "./tags.ts";
import { type XmlValue, container, repeated, wholeNumber } from "./xml.ts";

/** Which objects a rule is about; what is absent restricts nothing. */
export interface LifecycleFilter {
  readonly prefix: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Bytes; objects must be larger than this. */
  readonly sizeGreaterThan: number | undefined;
  /** Bytes; objects must be smaller than this. */
  readonly sizeLessThan: number | undefined;
}

/** A rule of a bucket's lifecycle configuration. */
export interface LifecycleRule {
  readonly id: string | undefined;
  readonly isEnabled: boolean;
  readonly filter: LifecycleFilter;
  /** How the filter was written, so that it comes back as it was put: the providers compare it. */
  readonly filterForm: "prefix" | "filter";
  readonly expiration:
    | { readonly days: number }
    | { readonly date: string }
    | { readonly expiredMarkers: boolean }
    | undefined;
  readonly noncurrentDays: number | undefined;
  readonly abortUploadDays: number | undefined;
}

const positive = wholeNumber.refine((value) => value > 0, "must be at least 1");
const restrictions = {
  Prefix: z.string().exactOptional(),
  ObjectSizeGreaterThan: wholeNumber.exactOptional(),
  ObjectSizeLessThan: wholeNumber.exactOptional(),
};

const filterSchema = container(
  z
    .strictObject({
      ...restrictions,
      Tag: tagSchema.exactOptional(),
      And: z.strictObject({ ...restrictions, Tag: repeated(tagSchema) }).exactOptional(),
    })
    .refine((filter) => Object.keys(filter).length <= 1, "must have one element, or And"),
);

const expirationSchema = z
  .strictObject({
    Days: positive.exactOptional(),
    Date: z.iso.datetime({ offset: true }).exactOptional(),
    ExpiredObjectDeleteMarker: z.enum(["true", "false"]).exactOptional(),
  })
  .refine((expiration) => Object.keys(expiration).length === 1, "must have exactly one element");

const ruleSchema = z
  .strictObject({
    ID: z.string().max(255).exactOptional(),
    Status: z.enum(["Enabled", "Disabled"]),
    Prefix: z.string().exactOptional(),
    Filter: filterSchema.exactOptional(),
    Expiration: expirationSchema.exactOptional(),
    NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: positive }).exactOptional(),
    AbortIncompleteMultipartUpload: z
      .strictObject({ DaysAfterInitiation: positive })
      .exactOptional(),
  })
  .refine((rule) => !(rule.Prefix !== undefined && rule.Filter), "has both Prefix and Filter")
  .refine((rule) => rule.Prefix !== undefined || rule.Filter, "has neither Prefix nor Filter")
  .refine(
    (rule) =>
      rule.Expiration ?? rule.NoncurrentVersionExpiration ?? rule.AbortIncompleteMultipartUpload,
    "has no action",
  );

/**
 * The shape of a lifecycle configuration. Transitions are not in it: there is one storage class
 * (docs.wasabi.com/apidocs/lifecycle-policy documents none).
 */
export const lifecycleSchema = z
  .strictObject({ Rule: repeated(ruleSchema) })
  .transform(({ Rule }) => Rule.map(lifecycleRule))
  .refine(
    (rules) => rules.every((rule) => rule.abortUploadDays === undefined || isByPrefix(rule.filter)),
    "AbortIncompleteMultipartUpload cannot be specified with tags or object sizes",
  )
  .refine((rules) => rules.length >= 1 && rules.length <= 1000, "must have 1 to 1000 rules")
  .refine((rules) => {
    const ids = rules.flatMap(({ id }) => (id === undefined ? [] : [id]));
    return new Set(ids).size === ids.length;
  }, "has two rules with one ID");

function isByPrefix({ tags, sizeGreaterThan, sizeLessThan }: LifecycleFilter): boolean {
  return Object.keys(tags).length === 0 && (sizeGreaterThan ?? sizeLessThan) === undefined;
}

function lifecycleRule(rule: z.output<typeof ruleSchema>): LifecycleRule {
  return {
    id: rule.ID,
    isEnabled: rule.Status === "Enabled",
    filter: readFilter(rule.Filter ?? { Prefix: rule.Prefix ?? "" }),
    filterForm: rule.Filter ? "filter" : "prefix",
    expiration: expiration(rule.Expiration),
    noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
    abortUploadDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  };
}

function readFilter({ And, Tag, ...single }: z.output<typeof filterSchema>): LifecycleFilter {
  const restriction = And ?? single;
  return {
    prefix: restriction.Prefix ?? "",
    tags: tagRecord(And?.Tag ?? (Tag ? [Tag] : [])),
    sizeGreaterThan: restriction.ObjectSizeGreaterThan,
    sizeLessThan: restriction.ObjectSizeLessThan,
  };
}

function expiration(
  written: z.output<typeof expirationSchema> | undefined,
): LifecycleRule["expiration"] {
  if (written?.Days !== undefined) return { days: written.Days };
  if (written?.Date !== undefined) return { date: written.Date };
  return written && { expiredMarkers: written.ExpiredObjectDeleteMarker === "true" };
}

/** The content of a `LifecycleConfiguration` element. */
export function lifecycleContent(rules: readonly LifecycleRule[]): XmlValue {
  return {
    Rule: rules.map((rule) => ({
      ID: rule.id,
      ...(rule.filterForm === "prefix"
        ? { Prefix: rule.filter.prefix }
        : { Filter: filterContent(rule.filter) }),
      Status: rule.isEnabled ? "Enabled" : "Disabled",
      Expiration: expirationContent(rule.expiration),
      NoncurrentVersionExpiration:
        rule.noncurrentDays === undefined ? undefined : { NoncurrentDays: rule.noncurrentDays },
      AbortIncompleteMultipartUpload:
        rule.abortUploadDays === undefined
          ? undefined
          : { DaysAfterInitiation: rule.abortUploadDays },
    })),
  };
}

function filterContent({ prefix, tags, sizeGreaterThan, sizeLessThan }: LifecycleFilter): XmlValue {
  const elements = {
    Prefix: prefix === "" ? undefined : prefix,
    Tag: tagList(tags),
    ObjectSizeGreaterThan: sizeGreaterThan,
    ObjectSizeLessThan: sizeLessThan,
  };
  const count = Object.values(elements)
    .flat()
    .filter((value) => value !== undefined).length;
  if (count === 0) return { Prefix: "" };
  return count === 1 ? elements : { And: elements };
}

function expirationContent(written: LifecycleRule["expiration"]): XmlValue {
  if (!written) return undefined;
  if ("days" in written) return { Days: written.days };
  if ("date" in written) return { Date: written.date };
  return { ExpiredObjectDeleteMarker: written.expiredMarkers };
}
