import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { databaseEngines, findEngines, skipReason } from "@mam-infra/engines";

import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { closeWindows, noTerminal, startAtTerminal } from "./support/at-terminal.ts";
import { clusterOf, readersOf, sessionsOf, sourcesOf } from "./support/database.ts";

const engines = await findEngines({ only: ["postgres", "pgbouncer", "valkey"] });
const missing = noTerminal() ?? skipReason(engines, ["postgres", "valkey"]);
const program = join(import.meta.dirname, "../../../operations/mam.mjs");
const ctrlC = "\u0003";
let platform: TestPlatform;

beforeAll(async () => {
  const directory = join(import.meta.dirname, "support");
  const server =
    'require("http").createServer((_, reply) => reply.end()).listen(process.env.PORT ?? 8080, "127.0.0.1")';
  platform = await openDeployedPlatform("staging", {
    imageOf: (name, behaviour) =>
      name === "frontend"
        ? { program: { directory, command: ["node", "-e", server] } }
        : imageOfData(name, behaviour),
    databases: databaseEngines(engines),
    speed: 60,
  });
}, 240_000);
afterEach(closeWindows);
afterAll(async () => {
  await platform.end();
});

function testTerminal(name: string, play: () => Promise<void>) {
  if (missing === undefined) test(name, play, 120_000);
  else test.skip(`${name} [not run: ${missing}]`, play);
}

const mam = (...args: string[]) =>
  startAtTerminal([process.execPath, program, ...args, "--reason", "ticket 3"], platform.variables);
/** A session of some seconds: its project and their number follow. */
const short = [
  process.execPath,
  "--import",
  "tsx",
  join(import.meta.dirname, "support/short-session.ts"),
];
const quoted = (word: string) => `'${word}'`;
const psql = () => mam("psql", "staging");
const shell = () => mam("console", "staging", "frontend");

const nothingOpen = async (result: string) => {
  expect(sourcesOf(platform)).toEqual([clusterOf(platform).rules[0]!.value]);
  expect(await readersOf(platform)).toEqual([]);
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({ result });
};

testTerminal("Ctrl-C ends a query, and the session goes on", async () => {
  const session = psql();
  await session.shown("=>");
  session.type("SELECT pg_sleep(100);\r");
  await session.shown("pg_sleep(100);");
  await running("pg_sleep(100)");
  session.type(ctrlC);
  await session.shown("canceling statement due to user request");
  session.type("SELECT 'still ' || 'here';\r");
  await session.shown("still here");
  session.type("\\q\r");

  expect(await session.ended).toMatchObject({ exitCode: 0, same: true });
  await nothingOpen("ended");
});

testTerminal(
  "a signal ends a query by hand, gives the terminal back and closes everything",
  async () => {
    const session = psql();
    await session.shown("=>");
    session.type("SELECT pg_sleep(100);\r");
    await running("pg_sleep(100)");
    session.kill("SIGTERM");

    expect(await session.ended).toMatchObject({ exitCode: 130, same: true });
    await nothingOpen("interrupted");
  },
);

testTerminal(
  "a session whose time is up says so, gives the terminal back and closes everything",
  async () => {
    const session = startAtTerminal(
      [...short, platform.session().project, "6"],
      platform.variables,
    );
    await session.shown("=>");
    session.type("SELECT 'typed half");
    const { exitCode, same, screen } = await session.ended;

    expect({ exitCode, same }).toEqual({ exitCode: 1, same: true });
    expect(screen).toContain("The session's time is up; it is closed.");
    await nothingOpen("timed out");
  },
);

testTerminal(
  "a shell that was opened in psql ends with the session's time, and the terminal is the person's shell's again",
  async () => {
    const window = startAtTerminal(["bash", "--norc", "--noprofile", "-i"], platform.variables);
    await window.shown(/bash-.*[#$] /);
    window.type(`${[...short, platform.session().project, "15"].map(quoted).join(" ")}\r`);
    await window.shown("=>");
    // One that ignores the end of its terminal, with what it has started.
    window.type("\\! bash --norc -i\r");
    await window.shown(/bash-.*[#$] /);
    window.type("trap '' HUP; sleep 4242 & echo child-$! shell-$$; sleep 4243\r");
    const [, child, shellPid] = await window.matched(/child-(\d+) shell-(\d+)\r/);
    await window.shown("The session's time is up; it is closed.");
    expect([child, shellPid].map(stateOf)).toEqual(["", ""]);
    window.type("echo back-$((40 + 2)); stty -a; exit 0\r");
    await window.shown("back-42");

    const { exitCode, screen } = await window.ended;
    expect(exitCode).toBe(0);
    expect(screen).toMatch(/ echo /);
    await nothingOpen("timed out");
  },
);

testTerminal(
  "Ctrl-C goes to the instance, and the terminal is as it was after the shell's end",
  async () => {
    const session = shell();
    await session.shown("frontend$");
    session.type("echo go-$((1 + 1)); sleep 100\r");
    await session.shown("go-2");
    session.type(ctrlC);
    await session.shown("frontend$");
    session.type("echo in-$((40 + 2))\r");
    await session.shown("in-42");
    session.type("exit\r");

    expect(await session.ended).toMatchObject({ exitCode: 0, same: true });
  },
);

testTerminal("the instance knows how large the window is, and when it changes", async () => {
  const session = shell();
  await session.shown("frontend$");
  session.type(untilLarge("24 80"));
  await session.shown("size is 24 80");
  session.resize(100, 40);
  session.type(untilLarge("40 100"));
  await session.shown("size is 40 100");
  session.type("exit\r");

  expect(await session.ended).toMatchObject({ exitCode: 0, same: true });
});

testTerminal(
  "the terminal is as it was after a signal, and after the instance is gone",
  async () => {
    const killed = shell();
    await killed.shown("frontend$");
    killed.kill("SIGTERM");
    expect(await killed.ended).toMatchObject({ exitCode: 130, same: true });

    const left = shell();
    await left.shown("frontend$");
    platform.cloud.digitalOcean.store.apps[0]!.instances.splice(0);
    expect(await left.ended).toMatchObject({ exitCode: 1, same: true });
  },
);

/** What `ps` says of a process that runs; nothing of one that has ended, also where nobody has taken note of it yet. */
const stateOf = (pid = "") =>
  spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" })
    .stdout.replace(/^Z.*/, "")
    .trim();

/** A line for a shell that says so once its window has a size. */
const untilLarge = (size: string) =>
  `until [ "$(stty size)" = "${size}" ]; do sleep 0.1; done; echo "size"" is $(stty size)"\r`;

/** Waits until the server runs a query. */
async function running(query: string): Promise<void> {
  const { query: ask } = platform.cloud.digitalOcean.databases!.measurable(clusterOf(platform).id)!;
  const sql = `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%${query}%' AND pid <> pg_backend_pid()`;
  while ((await ask!(sql, "mam")).length === 0) await new Promise((done) => setTimeout(done, 50));
}
