import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { clientsOf } from "../../backup/src/dump/clients.ts";

let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), "mam-clients-"));
});
after(() => rm(directory, { recursive: true }));

/** Puts a pg_dump that says something of its version where one of a major is looked for. */
async function put(major: number, says: string): Promise<void> {
  const programs = join(directory, String(major), "bin");
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, "pg_dump"), `#!/bin/sh\necho "${says}"\n`, { mode: 0o755 });
}

test("the programs are those of the server's own major", async () => {
  await put(17, "pg_dump (PostgreSQL) 17.4 (Debian 17.4-1)");

  assert.deepEqual(await clientsOf(directory, 17), {
    dump: join(directory, "17/bin/pg_dump"),
    restore: join(directory, "17/bin/pg_restore"),
    version: "17.4",
  });
});

for (const [what, major, says, found] of [
  ["of another major", 16, "pg_dump (PostgreSQL) 15.2", "15.2"],
  ["that does not say its version", 18, "pg_dump", "of no version"],
] as const) {
  test(`a program ${what} in their place is refused`, async () => {
    await put(major, says);

    await assert.rejects(clientsOf(directory, major), {
      name: "DumpError",
      message: `the server is PostgreSQL ${major}, and ${join(directory, String(major), "bin/pg_dump")} is ${found}: the image needs postgresql-client-${major}`,
    });
  });
}
