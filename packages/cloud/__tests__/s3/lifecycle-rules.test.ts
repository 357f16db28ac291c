import { lifecycleContent, lifecycleSchema } from "../../src/s3/lifecycle-rules.ts";
import { readXml, writeXml } from "../../src/s3/xml.ts";

const read = (rules: string) =>
  readXml(
    `<LifecycleConfiguration>${rules}</LifecycleConfiguration>`,
    "LifecycleConfiguration",
    lifecycleSchema,
  );
const rule = (content: string) => `<Rule><ID>a</ID><Status>Enabled</Status>${content}</Rule>`;
const expires = "<Expiration><Days>3</Days></Expiration>";

test.each([
  ["an old-style prefix", `<Prefix>a/</Prefix>${expires}`],
  ["an empty filter", `<Filter><Prefix></Prefix></Filter>${expires}`],
  ["a filter by prefix", `<Filter><Prefix>a/</Prefix></Filter>${expires}`],
  ["a filter by tag", `<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>${expires}`],
  [
    "a filter by everything",
    `<Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>${expires}`,
  ],
  ["a date", "<Prefix></Prefix><Expiration><Date>2026-02-01T00:00:00Z</Date></Expiration>"],
  [
    "expired markers",
    "<Prefix></Prefix><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>",
  ],
  [
    "all actions",
    `<Prefix></Prefix>${expires}<NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays></NoncurrentVersionExpiration><AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload>`,
  ],
])("a rule with %s comes back as it was put", (_what, content) => {
  const rules = read(rule(content));
  const again = readXml(
    writeXml("LifecycleConfiguration", lifecycleContent(rules)),
    "LifecycleConfiguration",
    lifecycleSchema,
  );
  expect(again).toEqual(rules);
});

test("a rule says what it does", () => {
  expect(read(rule(`<Filter><Prefix>a/</Prefix></Filter>${expires}`))).toEqual([
    {
      id: "a",
      isEnabled: true,
      filter: { prefix: "a/", tags: {}, sizeGreaterThan: undefined, sizeLessThan: undefined },
      filterForm: "filter",
      expiration: { days: 3 },
      noncurrentDays: undefined,
      abortUploadDays: undefined,
    },
  ]);
});

test.each([
  ["no action", "<Prefix></Prefix>", /has no action/],
  ["neither prefix nor filter", expires, /has neither Prefix nor Filter/],
  [
    "prefix and filter",
    `<Prefix></Prefix><Filter><Prefix>a</Prefix></Filter>${expires}`,
    /has both/,
  ],
  [
    "a day of zero",
    "<Prefix></Prefix><Expiration><Days>0</Days></Expiration>",
    /must be at least 1/,
  ],
  [
    "two ways to expire",
    "<Prefix></Prefix><Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>",
    /exactly one element/,
  ],
  [
    "two filters without And",
    `<Filter><Prefix>a</Prefix><ObjectSizeLessThan>1</ObjectSizeLessThan></Filter>${expires}`,
    /one element, or And/,
  ],
  [
    "an aborted upload by tag",
    "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter><AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload>",
    /cannot be specified with tags/,
  ],
  [
    "a transition, for there is one storage class",
    "<Prefix></Prefix><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>",
    /Unrecognized key: "Transition"/,
  ],
])("a rule with %s is refused", (_what, content, message) => {
  expect(() => read(rule(content))).toThrow(message);
});

test("two rules of one name are refused, and so is a configuration without rules", () => {
  const one = rule(`<Prefix></Prefix>${expires}`);
  expect(() => read(one + one)).toThrow(/two rules with one ID/);
  expect(() => read("")).toThrow();
});
