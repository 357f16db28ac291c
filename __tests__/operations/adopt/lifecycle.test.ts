import { lifecycleOf } from "../../../operations/adopt/lifecycle.ts";

const rule = (changes: object) => ({ ID: "one", Status: "Enabled", ...changes }) as const;
const whole = { Filter: { Prefix: "" } };

test.each([
  ["a prefix", { Filter: { Prefix: "tmp/" } }, "one of tmp/ (after days: 1)"],
  ["a prefix as it was written before", { Prefix: "tmp/" }, "one of tmp/ (after days: 1)"],
  ["a tag", { Filter: { Tag: { Key: "a", Value: "b" } } }, "one (after days: 1)"],
  ["a size", { Filter: { ObjectSizeGreaterThan: 9 } }, "one (after days: 1)"],
  ["several", { Filter: { And: { Prefix: "a/", Tags: [] } } }, "one of a/ (after days: 1)"],
])("days of a rule for a part, by %s, are not those of the bucket", (_, part, said) => {
  expect(lifecycleOf([rule({ ...part, Expiration: { Days: 1 } }) as never])).toEqual({
    otherRules: [said],
  });
});

test("of rules for the whole bucket the shortest counts, and one that is off counts for nothing", () => {
  const rules = [
    rule({ ...whole, Expiration: { Days: 90 } }),
    rule({
      Filter: {},
      Expiration: { Days: 30 },
      NoncurrentVersionExpiration: { NoncurrentDays: 5 },
    }),
    { ...rule({ ...whole, Expiration: { Days: 1 } }), Status: "Disabled" } as const,
  ];

  expect(lifecycleOf(rules)).toEqual({ expiresAfterDays: 30, versionsExpireAfterDays: 5 });
});

test("a day on which everything goes is no number of days", () => {
  const Date = new globalThis.Date("2030-01-01");

  expect(lifecycleOf([rule({ ...whole, Expiration: { Date } })])).toEqual({
    otherRules: ["one (on 2030-01-01)"],
  });
});

test("parts of uploads that were never ended are nobody's objects", () => {
  const abort = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };

  expect(lifecycleOf([rule({ ...whole, ...abort })])).toEqual({});
});
