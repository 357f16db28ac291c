import {
  clientsVariable,
  postgresProgram,
  runProgram,
} from "../../../operations/restore/database/clients.ts";
import { restoreInto } from "../../../operations/restore/database/dump.ts";
import type { Manifest } from "../../../operations/backups/manifest.ts";
import type { RestoreTarget } from "../../../operations/restore/database/target.ts";

const signal = new AbortController().signal;

test("a client program that is missing is said, with the line that brings it", async () => {
  const found = postgresProgram("pg_restore", "17", { [clientsVariable]: "/nowhere" });

  await expect(found).rejects.toThrow(
    /\/nowhere\/17\/bin\/pg_restore is missing: the database is of PostgreSQL 17\.\n {2}fix: apt-get install postgresql-client-17/,
  );
});

test("a program that takes too long is ended", async () => {
  const endless = { name: "pg_dump", path: "/bin/sleep", limit: 60 } as const;

  await expect(runProgram(endless, { arguments: ["60"], signal })).rejects.toThrow(
    "pg_dump took longer than 0.001 minutes",
  );
});

test("a program that fails is refused with its last words", async () => {
  const failing = { name: "pg_dump", path: "/bin/sh", limit: 60_000 } as const;
  const run = { arguments: ["-c", "echo a; echo b >&2; echo c >&2; exit 1"], signal };

  await expect(runProgram(failing, run)).rejects.toThrow(/^pg_dump: b \/ c$/);
});

test("a program that fails is refused with its error, however long the command behind it", async () => {
  const failing = { name: "pg_restore", path: "/bin/sh", limit: 60_000 } as const;
  const said =
    "echo first; echo 'pg_restore: error: ERROR: no role' ; for n in 1 2 3 4; do echo $n; done";
  const run = { arguments: ["-c", `(${said}) >&2; exit 1`], signal };

  await expect(runProgram(failing, run)).rejects.toThrow(
    /^pg_restore: pg_restore: error: ERROR: no role \/ 1 \/ 2$/,
  );
});

test("a dump is restored on no server that is older than it", async () => {
  const manifest = { server: "17.12" } as Manifest;
  const target = { major: "16" } as RestoreTarget;
  const restored = restoreInto({ variables: {}, interruption: signal }, target, {
    manifest,
    file: "database.dump",
  });

  await expect(restored).rejects.toThrow(
    "the dump is of PostgreSQL 17.12, and the server to restore it on is 16: take one of 17",
  );
});
