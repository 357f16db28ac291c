import { hostname } from "node:os";

import { processNow } from "../../../operations/context/holder.ts";
import type { Outcome } from "../../../operations/context/outcome.ts";
import { rulesOf } from "../../../operations/access/trusted-sources.ts";
import { moving } from "../../../operations/deploy/moving.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { recordRestore } from "../../../operations/ledger/restores.ts";
import { clusterNamed } from "../../../operations/restore/cluster/make.ts";
import { recordEnd } from "../../../operations/restore/cluster/record.ts";
import { type RestoreOptions, restoreSomething } from "../../../operations/restore/restore.ts";
import { proveTarget } from "../../../operations/restore/switch/proof.ts";
import { silent } from "../../support/deploying.ts";
import { type Moments, lackOfEngines, openMoments, person } from "./support/moments.ts";

const describeHere = lackOfEngines === undefined ? describe : describe.skip;
const lack = lackOfEngines === undefined ? "" : ` (${lackOfEngines})`;
const running = "mam-staging-postgres";
let moments: Moments;

const confirm = () => Promise.resolve(true);
const restore = (options: Partial<RestoreOptions>): Promise<Outcome> => {
  const asked = { to: "latest", prove: false, ...options, operands: ["database"] };
  return restoreSomething(moments.session(), asked, silent, () => moving(confirm));
};
const prove = (to: string) => restore({ to, prove: true });
const moveTo = (to: string) => restore({ to, switch: true });
const source = () =>
  moments.platform.cloud.digitalOcean.store.databases.find(({ name }) => name === running)!;
const last = async () => (await moments.restores()).at(-1);

/** A moment at which there was nobody although there had been somebody before. */
async function emptyMoment(): Promise<string> {
  await moments.sql("delete from users");
  // A recovery is to the millisecond of this machine, and both changes may be within one.
  await moments.pause();
  const at = moments.now();
  await moments.pause();
  await moments.sql(`${person(1)}; ${person(2)}`);
  return at;
}

describeHere(`a moment that is restored${lack}`, () => {
  beforeAll(async () => {
    moments = await openMoments();
  }, 120_000);
  afterAll(() => moments.platform.end());

  afterEach(async () => {
    expect(moments.clusters()).toEqual([running]);
    const rules = await rulesOf(moments.session().clients.digitalOcean(), source().id);
    expect(rules.map(({ value }) => value)).toEqual(["10.121.0.0/20"]);
  });

  test("is proved when the fork is as the database was then", async () => {
    const at = moments.now();
    await moments.sql(person(2));
    const { ok, text } = await prove(at);
    expect(text).toContain(`${running} as it was at ${at}, forked beside what runs:`);
    expect(text).toMatch(/✓ \d+ rows in \d+ tables\n {2}✓ schema\n/);
    expect(text).toMatch(/✓ \d+ privileges, and no others/);
    expect(text).toContain("✓ sequences beyond the largest ids");
    expect(text).toContain("✓ mam_app may work, and may not alter the schema");
    expect(text).toContain("✓ mam_app_b may work, and may not alter the schema");
    expect(text).toContain(`recovery point  ${at}, `);
    expect(text).toMatch(/time to restore \d+ s.*\nThe backup is proved\./);
    expect(ok).toBe(true);
    expect(await last()).toMatchObject({ kind: "proof", to: at, result: "proved" });
  }, 60_000);

  test("is proved as it is now, too", async () => {
    expect((await prove("now")).text).toContain("The backup is proved.");
  }, 60_000);

  test("is not proved when everything was empty", async () => {
    const { ok, text } = await prove(await emptyMoment());
    expect(text).toMatch(/✗ .*\n {4}public\.users: empty here, 2 rows run/);
    expect(ok).toBe(false);
  }, 60_000);

  test("is not proved when a table was empty that has older rows now", async () => {
    await moments.sql("create table notes as select now() as created_at");
    const { ok, text } = await prove(await emptyMoment());
    await moments.sql("drop table notes");
    expect(text).toMatch(/✗ .*\n {4}public\.users: 0 rows here, and 2 run that are older/);
    expect(text).toContain("The backup is not proved");
    expect(ok).toBe(false);
    expect(await last()).toMatchObject({ result: "not proved" });
  }, 60_000);

  test("is not proved when it gives a right back, or lacks a table", async () => {
    const at = moments.now();
    await moments.sql("revoke delete on jobs from mam_app; create table later as select 1 as one");
    const { ok, text } = await prove(at);
    await moments.sql("grant delete on jobs to mam_app; drop table later");
    expect(text).toContain("given back: public.jobs: DELETE to mam_app");
    expect(text).toContain("public.later is missing, 1 rows run");
    expect(text).toContain("missing: CREATE TABLE public.later");
    expect(ok).toBe(false);
  }, 60_000);

  test("is not proved when what runs cannot be read", async () => {
    const rules = source().rules.splice(0);
    const { ok, text } = await prove("now");
    source().rules.push(...rules);
    expect(text).toMatch(/✗ compared with what runs\n.*cannot be read: the cluster has no trusted/);
    expect(ok).toBe(false);
  }, 60_000);

  test("is not proved against a cluster that is not there any more", async () => {
    const restore = { ...(await last())!, source: { id: "gone", name: "mam-gone" } };
    const session = moments.session();
    const cluster = await clusterNamed(session, running);
    const proofs = await proveTarget(session, restore, cluster!);
    expect(proofs.flatMap(({ problems }) => problems)).toEqual(["mam-gone is not there any more"]);
  });

  test("is refused where no cluster runs, or the one that runs is not online", async () => {
    const cluster = source();
    // Under another name there is none of the environment's.
    Object.assign(cluster, { name: "mam-another" });
    const none = await moveTo("now");
    Object.assign(cluster, { name: running });
    expect(none.text).toMatch(
      /^staging has no PostgreSQL cluster\. .*\n {2}fix: mam deploy staging makes .* mam restore staging database --switch --to latest moves to a dump\n$/,
    );

    cluster.status = "migrating";
    const migrating = await moveTo("now");
    cluster.status = "online";
    expect(migrating.text).toBe(
      `the cluster ${running} is migrating, expected online\n  fix: the same line again, once it is\n`,
    );
    expect((await restore({ switch: true, giveUp: true })).ok).toBe(true);
    expect([none.ok, migrating.ok]).toEqual([false, false]);
  }, 60_000);

  test("is refused with the window, when it is outside of it", async () => {
    const early = await prove("2020-01-01T00:00:00Z");
    const window = /to any moment from \d{4}-\d\d-\d\dT.*Z to \d{4}-\d\d-\d\dT.*Z\n$/;
    expect(early.text).toMatch(/^2020-01-01T00:00:00.000Z is before the oldest backup: /);
    expect(early.text).toMatch(window);
    const late = await moveTo("2100-01-01T00:00:00Z");
    expect(late.text).toMatch(/^2100-01-01T00:00:00.000Z is not yet: /);
    expect(late.text).toMatch(window);
    expect([early.ok, late.ok]).toEqual([false, false]);
  });

  test("is refused where there is no backup", async () => {
    source().backups_stopped_at = source().created_at;
    const { ok, text } = await prove("now");
    delete source().backups_stopped_at;
    expect(text).toMatch(
      /^mam-staging-postgres has no backup of DigitalOcean's.*\n {2}fix: .*: mam restore staging database --to latest --prove\n$/,
    );
    expect(ok).toBe(false);
  });

  test("is refused when DigitalOcean refuses the fork", async () => {
    const { size } = source();
    source().size = "db-s-3vcpu-3gb";
    const { ok, text } = await prove("now");
    source().size = size;
    expect(text).toMatch(/^DigitalOcean refuses the cluster: /);
    expect(ok).toBe(false);
    expect(await last()).toMatchObject({ result: "failed" });
  });

  test("leaves nothing when it is interrupted, and the next one removes what a killed one left", async () => {
    const line = ["restore", "staging", "database", "--to", "now", "--prove"];
    // What is compared would go on for an hour, whatever the signal.
    const struck = async (signal: NodeJS.Signals) => {
      const kept = await moments.keep("users");
      return moments.mam(line, { words: "comparing", signal }).finally(kept.letGo);
    };
    const interrupted = await struck("SIGINT");
    expect(interrupted).toMatchObject({ exitCode: 130 });
    expect(moments.clusters()).toEqual([running]);
    expect(await last()).toMatchObject({ result: "failed" });
    await struck("SIGKILL");
    expect(moments.clusters()).toHaveLength(2);
    const killed = await last();
    const { exitCode, output } = await moments.mam(line);
    expect(output).toContain(`removed ${killed!.cluster.name}, which a killed proof of`);
    expect(exitCode).toBe(0);
    const all = await moments.restores();
    expect(all.find(({ id }) => id === killed!.id)).toMatchObject({ result: "removed" });
  }, 120_000);

  test("says that its cluster is left where it cannot be removed, and its line removes it", async () => {
    const { faults } = moments.platform.cloud;
    const path = "^/v2/databases/[^/]+$";
    faults.add({
      ...{ platform: "digitalocean", kind: "error-before-effect", times: 100 },
      ...{ method: "DELETE", path },
    });
    const left = await moments.mam(["restore", "staging", "database", "--to", "now", "--prove"]);
    faults.clear();
    const { name } = (await last())!.cluster;
    expect(moments.clusters()).toEqual([running, name]);
    const said = new RegExp(`${name} is not removed, and is paid for: .*\\n  fix: .*: mam (.*)\\n`);
    const [, line = ""] = said.exec(left.output) ?? [left.output];
    expect(line).toBe("restore staging database --to now --prove");
    // It is proved, and yet not well.
    expect(left.output).toContain(`${name} is left, and is paid for\nThe backup is proved.`);
    expect(left.exitCode).toBe(1);
    expect((await moments.mam(line.split(" "))).output).toContain(
      `removed ${name}, which a killed`,
    );
  }, 120_000);

  test("leaves what runs open to another proof of this machine, and the last one closes it", async () => {
    const alive = { host: hostname(), pid: process.pid };
    const before = await last();
    const running = { id: "20990101-000000-0001", process: alive, result: "running" } as const;
    const other = { ...before!, ...running };
    const session = moments.session();
    const store = ledgerOf(session);
    await recordRestore(store, other);
    const { ok } = await prove("now");
    const rules = await rulesOf(session.clients.digitalOcean(), source().id);
    await recordEnd(session, other, "failed");
    expect(ok).toBe(true);
    expect(rules.map(({ value }) => value)).toContain(other.address);
  }, 60_000);

  test("is not moved to when it is not proved, and such a move is given up", async () => {
    const at = await emptyMoment();
    const refused = await moveTo(at);
    expect(refused.text).toMatch(
      /is not proved: 1 differences\. Nothing of the platform was moved/,
    );
    const other = await moveTo("now");
    expect(other.text).toMatch(
      /^a move to mam-staging-restored-.* goes on already.*done: cluster, data/s,
    );
    const given = await restore({ switch: true, giveUp: true });
    expect(given.text).toBe(`The move is given up. ${running} runs as before.\n`);
    expect([refused.ok, other.ok, given.ok]).toEqual([false, false, true]);
    expect((await restore({ switch: true, giveUp: true })).text).toBe(
      "no move of staging goes on\n",
    );
  }, 60_000);

  test("is not given up any more once its files may say the new cluster", async () => {
    const before = await last();
    const gone = { ...before!, id: "20990101-000000-0000", result: "running" } as const;
    const store = ledgerOf(moments.session());
    await recordRestore(store, { ...gone, done: ["cluster", "data", "proof"] });
    const { ok, text } = await restore({ switch: true, giveUp: true });
    await recordRestore(store, { ...gone, result: "given up" });
    expect(text).toMatch(/went too far to be given up.*--switch --to mam-staging-postgres\n$/s);
    expect(ok).toBe(false);
  });

  test("is not moved to twice at once", async () => {
    const pid = process.ppid;
    const at = { ...processNow(pid), host: hostname() };
    const open = { ...(await last())!, id: "20990101-000000-0002", kind: "switch" } as const;
    const store = ledgerOf(moments.session());
    await recordRestore(store, { ...open, result: "running", process: at });
    const { ok, text } = await moveTo(open.to);
    await recordRestore(store, { ...open, result: "given up", process: at });
    expect(text).toMatch(new RegExp(`is at work already: process ${pid} on .*\\n {2}fix: wait`));
    expect(ok).toBe(false);
  });

  test("is a cluster of PostgreSQL that stands beside what runs, where it is named", async () => {
    const fix = "  fix: name one of PostgreSQL that stands beside what runs, or a dump or a moment";
    expect((await moveTo("mam-nowhere")).text).toBe(`there is no cluster mam-nowhere\n${fix}\n`);
    expect((await moveTo(running)).text).toBe(`${running} is what runs already\n${fix}\n`);
    await expect(moveTo("mam-staging-valkey")).rejects.toThrow(
      `expected a cluster of PostgreSQL, and it is valkey\n${fix}`,
    );
    await expect(prove(running)).rejects.toThrow(
      /names a cluster that stands: .*\n {2}fix: mam restore <environment> database --switch --to mam-staging-postgres$/,
    );
  });

  test("is not moved to without a word of confirmation", async () => {
    const line = ["restore", "staging", "database", "--switch", "--to", "now"];
    expect(await moments.mam(line)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("--switch --to now --yes") as string,
    });
    const asked = { to: "now", prove: false, switch: true, operands: ["database"] };
    const said: string[] = [];
    const decline = (text: string) => {
      said.push(text);
      return Promise.resolve(false);
    };
    const tools = () => moving(decline);
    const { ok, text } = await restoreSomething(moments.session(), asked, silent, tools);
    expect(text).toBe("staging: not confirmed. Nothing was changed.\n");
    expect(said.join("")).toMatch(/What people notice:\n {2}– What was written after the recovery/);
    expect(said.join("")).toContain("is kept, and paid for, until you delete it");
    expect(ok).toBe(false);
  });

  test("is proved or moved to, and not both", async () => {
    await expect(restore({ prove: true, switch: true })).rejects.toThrow(
      /^--switch proves what it moves to, .*\n {2}fix: leave --prove out$/,
    );
  });

  test("is not proved when one of the application's users is missing", async () => {
    // Its rights go with it, so that nothing can be proved afterwards: this is the last test.
    const { users } = source();
    users.splice(
      users.findIndex(({ name }) => name === "mam_app_b"),
      1,
    );
    const { ok, text } = await prove("now");
    expect(text).toMatch(/✗ mam_app_b may log in\n {4}mam_app_b is no user of the cluster/);
    expect(ok).toBe(false);
  }, 60_000);
});
