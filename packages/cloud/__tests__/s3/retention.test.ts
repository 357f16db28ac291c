import { Body } from "../../src/s3/bodies/body.ts";
import {
  assertDeletable,
  changeRetention,
  defaultRetention,
  isRetained,
  readMode,
  readUntil,
} from "../../src/s3/retention.ts";
import { newBucket } from "../../src/s3/store.ts";
import { addObject } from "../../src/s3/versions.ts";

const now = new Date("2026-01-01T00:00:00Z");
const until = new Date("2026-02-01T00:00:00Z");

function version(mode?: "GOVERNANCE" | "COMPLIANCE", hasLegalHold = false) {
  const retention = mode && { mode, until };
  const draft = { key: "a", headers: {}, tags: {}, retention, hasLegalHold };
  return addObject(
    newBucket("media", now, true),
    draft,
    { body: Body.empty, etag: "", checksums: {} },
    now,
  );
}

test.each([
  ["nothing", undefined, false, now, false, true],
  ["GOVERNANCE", "GOVERNANCE", false, now, false, false],
  ["GOVERNANCE that is bypassed", "GOVERNANCE", false, now, true, true],
  ["COMPLIANCE, bypass or not", "COMPLIANCE", false, now, true, false],
  ["COMPLIANCE that has ended", "COMPLIANCE", false, until, false, true],
  ["a legal hold, bypass or not", undefined, true, until, true, false],
] as const)(
  "a version under %s can be deleted: %#",
  (_what, mode, hold, time, bypass, deletable) => {
    const attempt = () => {
      assertDeletable(version(mode, hold), time, bypass);
    };
    if (deletable) expect(attempt).not.toThrow();
    else expect(attempt).toThrow("Access Denied because object protected by object lock.");
  },
);

test("a legal hold is no retention", () => {
  expect(isRetained(version(undefined, true), now, false)).toBe(false);
});

test("COMPLIANCE cannot become GOVERNANCE, even for longer", () => {
  const locked = version("COMPLIANCE");
  const longer = { mode: "GOVERNANCE", until: new Date("2026-03-01T00:00:00Z") } as const;
  expect(() => {
    changeRetention(locked, longer, now, true);
  }).toThrow("protected by object lock");
});

test("a default counts in days, and a year as 365 of them", () => {
  expect(defaultRetention({ mode: "GOVERNANCE", unit: "Days", count: 31 }, now).until).toEqual(
    until,
  );
  expect(defaultRetention({ mode: "GOVERNANCE", unit: "Years", count: 1 }, now).until).toEqual(
    new Date("2027-01-01T00:00:00Z"),
  );
});

test("modes are read in either case, and dates must be in the future", () => {
  expect(readMode("compliance")).toBe("COMPLIANCE");
  expect(readUntil("2026-02-01T00:00:00Z", now)).toEqual(until);
  expect(() => readUntil("2026-01-01T00:00:00Z", now)).toThrow("must be in the future");
});
