import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import type { Outcome } from "../../../operations/context/outcome.ts";
import { restoreSomething } from "../../../operations/restore/restore.ts";
import { thisHolder } from "../../../operations/context/holder.ts";
import { clientsVariable } from "../../../operations/restore/database/clients.ts";
import { fetchDump, restoreInto } from "../../../operations/restore/database/dump.ts";
import { interruptible } from "../../../operations/restore/database/interruptible.ts";
import { proofsOf } from "../../../operations/restore/database/prove.ts";
import { makeScratch } from "../../../operations/restore/database/scratch.ts";
import { markRole } from "../../../operations/restore/database/scratch-marks.ts";
import {
  authorityVariable,
  connectAsAdministrator,
  serverOf,
  serverVariable,
} from "../../../operations/restore/database/scratch-server.ts";
import { silent } from "../../support/deploying.ts";
import { type Dumped, backups, lack, openDumped } from "./support/dumped.ts";

const describeHere = lack === undefined ? describe : describe.skip;

describeHere(`a dump that is proved${lack === undefined ? "" : ` (${lack})`}`, () => {
  let dumped: Dumped;
  beforeAll(async () => {
    dumped = await openDumped();
  });
  afterAll(() => dumped.end());

  const prove = (to: string, changed: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    restoreSomething(dumped.session(changed), { to, prove: true, operands: ["database"] }, silent);
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  const cutInHalf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

  /** What a proof must not leave on the server. */
  const left = async () => {
    const databases = "select datname as name from pg_database where datname like 'mam%'";
    const roles = "select rolname as name from pg_roles where rolname ~ '^(mam|doadmin)'";
    return dumped.scratch.server.query(`${databases} union all ${roles}`);
  };
  afterEach(async () => {
    expect(await left()).toEqual([]);
  });

  test("has every row, right and id of its manifest, and the application may do what it may", async () => {
    const { ok, text, data } = await prove("latest");
    expect(text).toContain(`The dump ${dumped.id}`);
    expect(text).toMatch(/✓ \d{3,} rows in \d+ tables/);
    expect(text).toContain("✓ newest migration 0004_backups");
    expect(text).toMatch(/✓ \d+ privileges, and no others/);
    expect(text).toContain("✓ sequences beyond the largest ids");
    expect(text).toContain("✓ mam_app may work, and may not alter the schema");
    expect(text).toContain("✓ mam_app_b may work, and may not alter the schema");
    expect(text).toMatch(/recovery point {2}\d{4}-\d\d-\d\dT/);
    expect(text).toMatch(/time to restore \d+ s/);
    expect(data).toMatchObject({ dump: dumped.id });
    expect(ok).toBe(true);
  });

  test("is not proved when its manifest had a row more, or lacked a right that the copy has", async () => {
    await dumped.copy("2026-01-01T00-00-00Z", {
      manifest: () => ({ rows: { dumped: { '"public"."assets"': 201 } }, privileges: [] }),
    });
    const { ok, text } = await prove("2026-01-01T00-00-00Z");
    expect(text).toContain(`"public"."assets": 200 here, 201 in the dump's manifest`);
    expect(text).toContain("given back: public.assets: DELETE to mam_app");
    expect(text).toContain("The dump is not proved");
    expect(ok).toBe(false);
  });

  test("is refused when it is not what the dump wrote, by its size or by its bytes", async () => {
    await dumped.copy("2026-01-02T00-00-00Z", { archive: cutInHalf });
    const cut = await prove("2026-01-02T00-00-00Z");
    expect(cut.text).toMatch(
      /is not what the dump wrote: it has \d+ bytes, its manifest says \d+\n {2}fix: name another one with --to: newest first it has 2026-/,
    );
    await dumped.copy("2026-01-07T00-00-00Z", {
      archive: (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.of(bytes.at(-1)! ^ 1)]),
    });
    const other = await prove("2026-01-07T00-00-00Z");
    expect(other.text).toMatch(
      /is not what the dump wrote: its SHA-256 is .*\n {2}fix: name another/,
    );
    expect([cut.ok, other.ok]).toEqual([false, false]);
  });

  test("is refused when it does not restore, although its manifest fits", async () => {
    await dumped.copy("2026-01-03T00-00-00Z", {
      archive: cutInHalf,
      manifest: (archive) => ({ sha256: sha256(archive), bytes: archive.length }),
    });
    const { ok, text } = await prove("2026-01-03T00-00-00Z");
    expect(text).toMatch(/^pg_restore: .*(?:end of file|unexpected)/);
    expect(ok).toBe(false);
  });

  test("is refused when it is empty", async () => {
    await dumped.copy("2026-01-04T00-00-00Z", { archive: () => Buffer.alloc(0) });
    const { ok, text } = await prove("2026-01-04T00-00-00Z");
    expect(text).toMatch(
      /is empty: 0 bytes, its manifest says \d+\n {2}fix: .*--to: newest first it has 2026-/,
    );
    expect(ok).toBe(false);
  });

  test("is refused when its manifest is none that this version reads", async () => {
    await dumped.copy("2026-01-06T00-00-00Z", { manifest: () => ({ version: 2 }) });
    const { ok, text } = await prove("2026-01-06T00-00-00Z");
    expect(text).toMatch(
      /^the dump 2026-01-06T00-00-00Z cannot be used: its manifest is none: version .*\n {2}fix: /,
    );
    expect(ok).toBe(false);
  });

  test("is refused when its manifest is that of another dump, whose archive is good", async () => {
    await dumped.copy("2026-01-09T00-00-00Z", { manifest: () => ({ id: dumped.id }) });
    const { ok, text } = await prove("2026-01-09T00-00-00Z");
    expect(text).toMatch(
      new RegExp(
        `^the dump 2026-01-09T00-00-00Z cannot be used: its manifest is that of ${dumped.id}\\n {2}fix: `,
      ),
    );
    expect(ok).toBe(false);
  });

  test("is read with a key of its own, and the deployer's is told that it may not", async () => {
    const { wasabi, wasabiRoot } = dumped.platform.cloud.credentials;
    const deployer = {
      TF_VAR_wasabi_access_key: wasabi.accessKeyId,
      TF_VAR_wasabi_secret_key: wasabi.secretAccessKey,
    };
    await expect(prove("latest", deployer)).rejects.toThrow(/this key may not read dumps/);
    const both = {
      ...deployer,
      MAM_RESTORE_ACCESS_KEY_ID: wasabiRoot.accessKeyId,
      MAM_RESTORE_SECRET_ACCESS_KEY: wasabiRoot.secretAccessKey,
    };
    expect((await prove("latest", both)).ok).toBe(true);
  });

  test("is refused when there is none of that name, or it was not finished", async () => {
    const missing = await prove("2020-01-01T00-00-00Z");
    expect(missing.text).toMatch(/has no dump 2020-01-01T00-00-00Z; newest first it has 2026-/);
    const Key = "dumps/2026-01-05T00-00-00Z/database.dump";
    await dumped.storage.send(new PutObjectCommand({ Bucket: backups, Key, Body: "half" }));
    const unfinished = await prove("2026-01-05T00-00-00Z");
    expect(unfinished.text).toMatch(/has no manifest: it was not finished/);
    expect([missing.ok, unfinished.ok]).toEqual([false, false]);
  });

  test("goes into a newer major where the platform moves, and its schema is not compared there", async () => {
    await dumped.copy("2026-01-08T00-00-00Z", { manifest: () => ({ server: "15.18" }) });
    const refused = prove("2026-01-08T00-00-00Z", { [clientsVariable]: "/nowhere" });
    await expect(refused).rejects.toThrow("/nowhere/15/bin/pg_restore is missing");

    const session = dumped.session();
    const fetched = await fetchDump(session, "2026-01-08T00-00-00Z");
    const users = ["mam_app", "mam_app_b"];
    const target = await makeScratch(serverOf(session.variables), { owner: "doadmin", users });
    await restoreInto(session, target, fetched);
    const proofs = await proofsOf(session, target, fetched);
    await target.remove();
    await session.close();
    expect(proofs.flatMap(({ problems }) => problems)).toEqual([]);
    expect(proofs).toContainEqual({
      what: `schema of PostgreSQL 15.18; this is ${target.major}, so it is not compared`,
      judged: false,
      problems: [],
    });
  });

  test("is not proved where a copy differs in anything: schema, rows, rights, sequences, what the application may", async () => {
    const session = dumped.session();
    const fetched = await fetchDump(session, dumped.id);
    const users = ["mam_app", "mam_app_b"];
    const target = await makeScratch(serverOf(session.variables), { owner: "doadmin", users });
    await restoreInto(session, target, fetched);
    const owner = await target.connect(target.owner);
    const { rows: statistics } = await owner.query(
      "select 1 from pg_stats where tablename = 'assets'",
    );
    await owner.query(`drop index sessions_user; delete from assets where id = (select id from assets limit 1);
      delete from migrations where name = '0004_backups'; revoke select on assets from mam_app;
      grant create on schema public to mam_app_b; select setval('assets_position_seq', 1)`);
    await owner.end();
    const problems = (await proofsOf(session, target, fetched)).flatMap((proof) => proof.problems);
    await target.remove();
    await session.close();
    expect(statistics).not.toEqual([]);
    expect(problems).toEqual(
      expect.arrayContaining([
        `"public"."assets": 199 here, 200 in the dump's manifest`,
        expect.stringMatching(/^the newest migration: "0003.* here, "0004_backups" in/),
        "missing: public.assets: SELECT to mam_app",
        "given back: schema public: CREATE to mam_app_b",
        'would give out an id again: public.assets_position_seq for public.assets."position"',
        "missing: CREATE INDEX sessions_user ON public.sessions USING btree user_id",
        "mam_app is refused (42501): select 1 from public.assets limit 1",
        "mam_app_b is not refused (done): create table public.mam_restore (id int)",
      ]),
    );
  });

  test("that somebody deleted is proved from its version", async () => {
    const Key = `dumps/${dumped.id}/database.dump`;
    await dumped.storage.send(new DeleteObjectCommand({ Bucket: backups, Key }));
    expect((await prove("latest")).ok).toBe(true);
  });

  test("is not restored on a server that is in use", async () => {
    await expect(prove("latest", dumped.inUse)).rejects.toThrow(
      /has a role (?:doadmin|mam_app) already: it looks like a server that is in use/,
    );
  });

  test("leaves nothing on its server when it is interrupted, and the next one removes what a killed one left", async () => {
    const line = ["restore", "staging", "database", "--to", "latest", "--prove"];
    const words = "restoring it beside what runs";
    const interrupted = await dumped.mam(line, { words, signal: "SIGINT" });
    expect(interrupted).toMatchObject({ exitCode: 130 });
    expect(await left()).toEqual([]);
    const killed = await dumped.mam(line, { words, signal: "SIGKILL" });
    expect(killed).toMatchObject({ exitCode: 137 });
    expect(await left()).not.toEqual([]);
    expect((await prove("latest")).text).toContain("The dump is proved.");
  }, 60_000);

  test("is given up by its server too, whatever that is at", async () => {
    const { variables } = dumped.session();
    const connect = () => connectAsAdministrator(serverOf(variables));
    const sleeping = () =>
      dumped.scratch.server.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'");
    const interruption = new AbortController();
    const { signal } = interruption;
    const work = interruptible({ connect, signal }, (one) => one.query("select pg_sleep(3600)"));
    const given = expect(work).rejects.toThrow("interrupted by a signal");
    while ((await sleeping()).length === 0) await setTimeout(20);
    interruption.abort(new Error("interrupted by a signal"));
    await given;
    expect(await sleeping()).toEqual([]);
  }, 60_000);

  test("is refused on the server of a proof that goes on, with its process", async () => {
    const admin = await connectAsAdministrator(serverOf(dumped.session().variables));
    await admin.query("create role mam_app");
    await markRole(admin, "mam_app", thisHolder("mam restore staging database --prove"));
    const refused = prove("latest");
    await expect(refused).rejects.toThrow(
      `localhost is in use by another proof: mam restore staging database --prove (process ${process.pid} on `,
    );
    await admin.query("drop role mam_app");
    await admin.end();
  });

  test("is asked for its server before anything is fetched: one that is not there, or of which more is said than is kept to", async () => {
    const fetched = () =>
      dumped.platform.cloud.requestLog
        .entries()
        .filter(({ method, path }) => method === "GET" && path.includes("/database.dump"));
    const before = fetched().length;
    const { [serverVariable]: address = "" } = dumped.session().variables;
    const elsewhere = address.replace(/:\d+\//, ":1/");
    await expect(prove("latest", { [serverVariable]: elsewhere })).rejects.toThrow(
      /^MAM_RESTORE_SERVER: localhost:1 cannot be used: .*ECONNREFUSED/,
    );
    await expect(
      prove("latest", {
        [serverVariable]: `${address}?sslmode=require`,
        [authorityVariable]: "",
      }),
    ).rejects.toThrow(/says sslmode=require, and the connection would not.*name the file/s);
    await expect(prove("latest", { [authorityVariable]: "/nowhere.pem" })).rejects.toThrow(
      /^MAM_RESTORE_SERVER_CA: ENOENT.*\n {2}fix: /,
    );
    await expect(prove("latest", { [clientsVariable]: "/nowhere" })).rejects.toThrow(
      /pg_restore is missing/,
    );
    expect(fetched().slice(before)).toEqual([]);
  });

  test("needs a server, and says how to have one", async () => {
    await expect(prove("latest", { [serverVariable]: "" })).rejects.toThrow(
      /MAM_RESTORE_SERVER is missing: .*holds nothing/,
    );
  });

  test("is asked for by --prove: nothing else is done to a database", async () => {
    const options = { to: "latest", prove: false, operands: ["database"] };
    await expect(restoreSomething(dumped.session(), options, silent)).rejects.toThrow(
      /expected --prove.*\n {2}fix: mam restore <environment> database --to latest --prove$/,
    );
  });
});
