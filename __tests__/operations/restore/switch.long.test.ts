import { readFileSync } from "node:fs";
import { join } from "node:path";

import { switchSteps } from "../../../operations/ledger/restores.ts";
import { rulesOf } from "../../../operations/access/trusted-sources.ts";
import { type Moments, lackOfEngines, openMoments, person } from "./support/moments.ts";

const describeHere = lackOfEngines === undefined ? describe : describe.skip;
const lack = lackOfEngines === undefined ? "" : ` (${lackOfEngines})`;
const old = "mam-staging-postgres";

describeHere(`a database that is moved to another cluster${lack}`, () => {
  let moments: Moments;
  beforeAll(async () => {
    moments = await openMoments();
  }, 120_000);
  afterAll(() => moments.platform.end());

  const restore = (...args: string[]) => moments.mam(["restore", "staging", "database", ...args]);
  const file = () => join(moments.platform.workspace.releases, "staging.database.json");
  const clusterNamed = (name: string) =>
    moments.platform.cloud.digitalOcean.store.databases.find((one) => one.name === name)!;
  const emails = async (name: string) => {
    const { query } = moments.platform.cloud.digitalOcean.databases!.measurable(
      clusterNamed(name).id,
    )!;
    const rows = await query!("select email from users order by email", "mam");
    return rows.map(({ email }) => email);
  };
  const clusterOfApp = () => {
    const [app] = moments.platform.cloud.digitalOcean.store.apps;
    return new Set(
      (app!.spec.databases ?? []).flatMap(({ engine, cluster_name: name }) =>
        engine === "PG" ? [name] : [],
      ),
    );
  };
  let moved = "";

  test("goes on after it was killed or interrupted at every step", async () => {
    const at = moments.now();
    await moments.sql(person(2));
    for (const [index, step] of switchSteps.entries()) {
      const signal = index % 2 === 0 ? "SIGKILL" : "SIGINT";
      const words = `step ${index + 1} of ${switchSteps.length}`;
      const line = ["restore", "staging", "database", "--switch", "--to", at, "--yes"];
      const { exitCode, output } = await moments.mam(line, { words, signal });
      expect({ step, exitCode, output }).toMatchObject({
        exitCode: signal === "SIGKILL" ? 137 : 130,
      });
    }
    // The platform refuses the app, as it does an app whose new specification it does not take.
    const { faults } = moments.platform.cloud;
    faults.add({
      ...{ platform: "digitalocean", kind: "request-repeated", method: "PUT" },
      ...{ path: "^/v2/apps/[^/]+$", times: 20 },
    });
    const refused = await restore("--switch", "--to", at, "--yes");
    faults.clear();
    expect(refused.output).toContain(
      "The move waits where it is: the same line goes on from there.",
    );
    expect(refused.exitCode).toBe(1);
    expect((await moments.restores()).at(-1)).toMatchObject({ result: "running" });
    const { exitCode, output } = await restore("--switch", "--to", at, "--yes");

    expect(output).toContain("It goes on: cluster, data, proof, files, state of");
    expect(output).toContain(`The old cluster stands as it was: ${old}`);
    expect(exitCode).toBe(0);
    const { cluster, done, result } = (await moments.restores()).at(-1)!;
    expect([done, result]).toEqual([switchSteps, "switched"]);
    moved = cluster.name;
    expect(moments.clusters()).toEqual([old, moved]);
  }, 300_000);

  test("has what was there at that moment, and the app uses it", async () => {
    expect(await emails(moved)).toEqual(["person-1@example.com"]);
    expect(await emails(old)).toEqual(["person-1@example.com", "person-2@example.com"]);
    expect(clusterOfApp()).toEqual(new Set([moved]));
  });

  test("lets in the platform's network alone, and so does the old one", async () => {
    const api = moments.session().clients.digitalOcean();
    for (const name of [old, moved]) {
      const rules = await rulesOf(api, clusterNamed(name).id);
      expect(rules.map(({ value }) => value)).toEqual(["10.121.0.0/20"]);
    }
  });

  test("is what the files say, so that a plan changes nothing", async () => {
    expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual({ cluster: moved });
    const { exitCode, output } = await moments.mam(["plan", "staging", "--detailed-exitcode"]);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  }, 60_000);

  test("goes back to the old cluster by its name", async () => {
    const { exitCode, output } = await restore(
      ...["--switch", "--to", old, "--yes", "--unproved", "back to what ran"],
    );
    expect(output).toContain(`runs on ${old}`);
    expect(exitCode).toBe(0);
    expect(clusterOfApp()).toEqual(new Set([old]));
    expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual({ cluster: old });
    const plan = await moments.mam(["plan", "staging", "--detailed-exitcode"]);
    expect(plan).toMatchObject({ exitCode: 0 });
  }, 120_000);
});
