import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sealedSchema } from "../../../environments/schema/sealed.ts";
import { sealedPath, writeSealed } from "../../../operations/secrets/sealed-file.ts";
import { anEnvironment } from "../../support/environments.ts";
import { anOfflineSession, everythingSealed } from "./support.ts";

let releases: string;
beforeEach(() => {
  releases = mkdtempSync(join(tmpdir(), "mam-sealed-"));
});
afterEach(() => {
  rmSync(releases, { recursive: true });
});

const sessionWith = (sealed?: ReturnType<typeof everythingSealed>) => ({
  ...anOfflineSession(anEnvironment(undefined, sealed)),
  releases,
});

const reversed = <T>(entries: Readonly<Record<string, T>>) =>
  Object.fromEntries(Object.entries(entries).toReversed());

test("what is written can be read back, and its order is that of the names", () => {
  const session = sessionWith();
  const { app, components } = everythingSealed();

  expect(writeSealed(session, { app, components: reversed(components) })).toBe(true);
  const written = sealedSchema.parse(JSON.parse(readFileSync(sealedPath(session), "utf8")));
  expect(written).toEqual(everythingSealed());
  expect(Object.keys(written.components)).toEqual(["api", "backup", "edge", "worker"]);
  expect(Object.keys(written.components.api ?? {})).toEqual(
    Object.keys(written.components.api ?? {}).toSorted(),
  );
});

test("another order of the same secrets is nothing new", () => {
  const session = sessionWith(everythingSealed());
  writeFileSync(sealedPath(session), "as it was");
  const { app, components } = everythingSealed();
  const other = Object.fromEntries(
    Object.entries(components).map(([name, secrets]) => [name, reversed(secrets)]),
  );

  expect(writeSealed(session, { app, components: reversed(other) })).toBe(false);
  expect(readFileSync(sealedPath(session), "utf8")).toBe("as it was");
});
