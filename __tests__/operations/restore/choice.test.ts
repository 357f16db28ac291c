import { storedDumps } from "../../../operations/backups/dumps.ts";
import { chooseDump } from "../../../operations/restore/database/choice.ts";
import { chooseVersion } from "../../../operations/restore/object/restore-object.ts";

const version = (key: string) => ({
  ...{ key, version: "v1", modified: new Date("2026-11-29T00:00:00Z"), bytes: 1, tag: "tag" },
  ...{ isMarker: false, isLatest: true },
});
const [id, older] = ["2026-11-29T00-00-00Z", "2026-11-28T00-00-00Z"];
const choose = (to: string, ...files: string[]) =>
  chooseDump(storedDumps(files.map((file) => version(`dumps/${file}`))), to, "backups");
const whole = [`${older}/database.dump`, `${older}/manifest.json`];

test("the newest dump that was finished is the latest", () => {
  expect(choose("latest", `${id}/database.dump`, ...whole).id).toBe(older);
});

test("a bucket without dumps is said to have none at all", () => {
  expect(() => choose("latest")).toThrow(
    "backups has no dump with a manifest; it has none at all: npm run dump makes one, typed in mam console <environment> backup",
  );
});

test("a manifest without its archive is no dump", () => {
  expect(() => choose(id, `${id}/manifest.json`, ...whole)).toThrow(
    `the dump ${id} has no archive; newest first it has ${older}`,
  );
});

test("the version that readers get already is not brought back", () => {
  expect(() => chooseVersion("film.mov", [version("film.mov")], "v1")).toThrow(
    "v1 is what film.mov is already. To go back to another version, name it with --object-version:\n  2026-11-29T00:00:00.000Z  1 bytes  v1  (current)",
  );
});
