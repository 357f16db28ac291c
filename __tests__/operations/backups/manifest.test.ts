import { parseManifest } from "../../../operations/backups/manifest.ts";

const manifest = {
  ...{ version: 1, id: "2026-11-29T00-00-00Z", object: "dumps/2026-11-29T00-00-00Z/database.dump" },
  ...{ format: "custom", exitCode: 0, takenAt: "2026-11-29T00:00:05Z", bytes: 1000 },
  ...{ sha256: "0".repeat(64), server: "17.2", migration: null },
  ...{ newest: { assets: null, jobs: null }, rows: { dumped: {} }, privileges: [], settings: [] },
};
const read = (changed: object) => parseManifest(JSON.stringify({ ...manifest, ...changed }));

test("a manifest is what the dump wrote, with fields that are not known here", () => {
  expect(read({ later: 1 })).toEqual({ manifest: { ...manifest, later: 1 } });
});

test.each([
  ["of a later version", { version: 2 }, "version"],
  ["of a dump that failed", { exitCode: 1 }, "exitCode"],
  ["without the digest of its archive", { sha256: "abc" }, "sha256"],
  ["whose rows are no numbers", { rows: { dumped: { "public.assets": "many" } } }, "rows.dumped"],
])("a manifest %s cannot be used, and the field is named", (_, changed, field) => {
  expect(read(changed)).toEqual({
    problem: expect.stringMatching(
      new RegExp(`^its manifest is none: ${field}\\S* [A-Z]`),
    ) as unknown,
  });
});

test("a manifest that was cut off is no JSON", () => {
  expect(parseManifest(JSON.stringify(manifest).slice(0, -10))).toEqual({
    problem: "its manifest is no JSON",
  });
});
