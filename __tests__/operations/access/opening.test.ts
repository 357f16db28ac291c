import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { packages } from "@mam-infra/clients/packages";
import { consoleSession } from "../../../operations/access/console.ts";
import { psqlSession } from "../../../operations/access/psql.ts";
import { renderAccesses, renderClosed } from "../../../operations/access/text.ts";
import type { Session } from "../../../operations/context/session.ts";
import { readAccesses } from "../../../operations/ledger/accesses.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { anEnvironment } from "../../support/environments.ts";
import { silent } from "../../support/deploying.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";

let world: World;
beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

/** A session on a machine whose psql is of a major version, of a database that can be reached; interrupted already. */
function interrupted(major: number, told: string[]): Session {
  const { session } = world;
  const PATH = join(session.project, "bin");
  mkdirSync(PATH);
  writeFileSync(join(PATH, "psql"), `#!/bin/sh\necho "psql (PostgreSQL) ${major}.4"\n`);
  chmodSync(join(PATH, "psql"), 0o700);
  const connection = { host: "db.example", port: 25060, user: "doadmin", password: "secret" };
  const cluster = { id: "1", name: "mam-production-postgres", engine: "pg", version: "17" };
  const answers: Readonly<Record<string, object>> = {
    listDatabases: { databases: [{ ...cluster, status: "online", connection }] },
    getDatabaseCa: { ca: { certificate: "" } },
  };
  const call = (name: string) =>
    answers[name] ? Promise.resolve(answers[name]) : Promise.reject(new Error(`${name} was asked`));
  return {
    ...session,
    variables: { ...session.variables, PATH },
    interruption: AbortSignal.abort(),
    clients: { ...session.clients, digitalOcean: () => ({ call }) as unknown as DigitalOcean },
    output: { ...session.output, tell: (text: string) => void told.push(text) },
  };
}
const open = (major: number, told: string[]) =>
  psqlSession(
    interrupted(major, told),
    { minutes: 1, reason: "ticket 1", write: false, address: "198.51.100.7" },
    silent,
  );

test("whoever presses Ctrl-C before anything is open leaves no session behind", async () => {
  await expect(open(17, [])).rejects.toThrow("nothing was opened");
  expect([...world.bucket.objects.keys()]).toEqual([]);
});

test("a psql that is older than the server is said, with the line that brings another", async () => {
  const [older, same]: [string[], string[]] = [[], []];
  await expect(open(16, older)).rejects.toThrow("nothing was opened");

  expect(older).toEqual([
    "psql 16 is older than the server, 17: commands such as \\d may fail\n  fix: sudo apt-get install postgresql-client-17\n",
  ]);
  await world.close();
  world = openWorld({ environment: anEnvironment() });
  await expect(open(17, same)).rejects.toThrow("nothing was opened");
  expect(same).toEqual([]);
});

test("a console that does not answer is recorded as one that failed", async () => {
  const { Agent } = packages.undici();
  const agent = new Agent();
  const { session } = world;
  const spec = { name: "mam-production", services: [{ name: "api" }] };
  const answers: Readonly<Record<string, object>> = {
    listApps: { apps: [{ id: "app-1", created_at: "", updated_at: "", spec }] },
    getAppConsole: { url: "ws://127.0.0.1:1/?token=secret" },
  };
  const digitalOcean = () =>
    ({ call: (name: string) => Promise.resolve(answers[name]) }) as unknown as DigitalOcean;
  const opened = consoleSession(
    { ...session, clients: { ...session.clients, digitalOcean, web: () => agent } },
    { component: "api", minutes: 1, reason: "ticket 2" },
  );

  await expect(opened).rejects.toThrow("the console was not opened");
  expect(await readAccesses(ledgerOf(session))).toMatchObject([
    { kind: "console", where: "api", reason: "ticket 2", result: "failed" },
  ]);
  await agent.close();
});

test("what was closed is told, and what could not be", () => {
  const nothing = { sessions: [], sources: [], problems: [] };

  expect(renderClosed("staging", nothing)).toBe("Nothing was open in the database of staging.\n");
  expect(
    renderClosed("staging", { ...nothing, sources: ["203.0.113.1"], problems: ["no answer"] }),
  ).toBe("took 203.0.113.1 out of the trusted sources\nfailed: no answer\n");
  expect(renderAccesses([])).toBe("No session is recorded.\n");
});
