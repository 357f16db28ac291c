import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import { retiredAmong } from "../../../../operations/secrets/retired/supplied.ts";
import { retiredPath, withRetired } from "../../../../operations/secrets/retired/retired-file.ts";
import { fingerprint } from "../../../../operations/secrets/seal.ts";
import { aSealedEnvironment, anOfflineSession } from "../support.ts";

const releases = mkdtempSync(`${tmpdir()}/mam-retired-`);
afterAll(() => {
  rmSync(releases, { recursive: true });
});

const session = { ...anOfflineSession(aSealedEnvironment()), releases };
const short = "1234";
const replaced = [{ name: "COOKIE_SECRET_A", digest: fingerprint(short) }];

test("retired values are remembered once, by what does not reveal even a short one, and are recognised", async () => {
  const once = await withRetired(session, replaced, "2026-11-20");
  const twice = await withRetired(once, replaced, "2026-11-28");
  const text = readFileSync(retiredPath(session), "utf8");

  expect(twice.environment.retired).toEqual(once.environment.retired);
  expect(JSON.parse(text)).toEqual(once.environment.retired);
  expect(text).not.toContain(fingerprint(short));
  expect(text).not.toContain(short);
  expect(await retiredAmong(twice.environment, { JWT_SECRET_B: short })).toEqual([
    { name: "JWT_SECRET_B", was: "COOKIE_SECRET_A", retired: "2026-11-20" },
  ]);
  expect(await retiredAmong(twice.environment, { JWT_SECRET_B: "another" })).toEqual([]);
});

test("two environments remember the same value by different fingerprints", async () => {
  const prints = await Promise.all(
    [session, session].map(async (one) => {
      const { retired } = (await withRetired(one, replaced, "2026-11-20")).environment;
      return retired?.secrets[0]?.fingerprint;
    }),
  );

  expect(new Set(prints).size).toBe(2);
});

test("nothing is written where nothing was replaced", async () => {
  expect(await withRetired(session, [], "2026-11-20")).toBe(session);
});
