import { createS3Store } from "../../src/s3/store.ts";
import { defaultCors, wasabiS3 } from "../../src/wasabi/s3.ts";
import { seedAccount } from "../../src/wasabi/seed.ts";
import { seed } from "./support.ts";

const account = seedAccount(seed, new Date(0));

test("a bucket's location is the region of the endpoint; no constraint means us-east-1", () => {
  const { host } = wasabiS3(account, createS3Store(), seed);
  expect([
    host.hasLocation("eu-central-2"),
    host.hasLocation("eu-west-1"),
    host.hasLocation(undefined),
  ]).toEqual([true, false, false]);
  const east = wasabiS3(account, createS3Store(), { ...seed, region: "us-east-1" }).host;
  expect(east.hasLocation(undefined)).toBe(true);
});

test("names that others have are taken, and MOVE is a method of CORS", () => {
  const { host } = wasabiS3(account, createS3Store(), seed);
  expect([host.isNameTaken("taken"), host.isNameTaken("free")]).toEqual([true, false]);
  expect(host.corsMethods).toContain("MOVE");
  expect(host.defaultCors).toBe(defaultCors);
});

test("every operation has a name of its own for its method and selectors", () => {
  const { operations } = wasabiS3(account, createS3Store(), seed);
  const keys = operations.map(({ method, level, selectors = [], selectingHeader = "" }) =>
    [method, level, ...[...selectors].sort(), selectingHeader].join(" "),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test("signatures are for S3 in the bucket's region, by active keys", () => {
  const { verifier } = wasabiS3(account, createS3Store(), seed);
  expect(verifier).toMatchObject({ service: "s3", region: "eu-central-2" });
  expect(verifier.secretOf("ADMINKEY000000000000")).toBe("admin-secret");
  expect(verifier.secretOf("none")).toBeUndefined();
});
