import { setTimeout as delay } from "node:timers/promises";

import { isPostgres } from "@mam-infra/cloud/digitalocean/databases/model";

import { type CommandResult, succeeded } from "../../harness/commands.ts";
import type { Mam } from "../../harness/mam.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import type { PlatformParts } from "../../platform/parts.ts";
import { postgresOf } from "../incidents/sql.ts";
import { onRealPlatform } from "../real-platform.ts";

/** DigitalOcean's own recovery proved, and the platform moved to a restored database, struck again and again. */
export const restore: Scenario = {
  name: "restore",
  title: "a moment is proved, and an interrupted move to a restored database goes on",
  after: [],
  onDemand: true,
  play: (context) => onRealPlatform(context, provedAndMoved),
};

/** What is said when a move is struck, and by what: at the begin of every step, and within the long ones. */
export const strikes: readonly { readonly words: string; readonly signal: NodeJS.Signals }[] = [
  { words: "making ", signal: "SIGINT" },
  { words: "step 2 of 6", signal: "SIGKILL" },
  { words: "proving it", signal: "SIGKILL" },
  { words: "step 4 of 6", signal: "SIGINT" },
  { words: "taking the old cluster out", signal: "SIGKILL" },
  { words: "importing into the state", signal: "SIGKILL" },
  { words: "step 6 of 6", signal: "SIGINT" },
  { words: "-data: create", signal: "SIGKILL" },
  { words: "-app: update", signal: "SIGINT" },
];

/** Where an act is played, with SQL in the database that the app uses. */
type Stage = ScenarioContext & {
  readonly person: Mam;
  readonly sql: (text: string, cluster?: string) => Promise<readonly Record<string, unknown>[]>;
};

async function provedAndMoved(context: ScenarioContext, { clients }: PlatformParts): Promise<void> {
  const person = context.mam.withVariables({ MAM_POSTGRES_CLIENTS: clients });
  const stage = { ...context, person, sql: sqlIn(context) };
  await proveMoments(stage);
  await moveThereAndBack(stage);
}

const sqlIn =
  ({ cloud }: ScenarioContext): Stage["sql"] =>
  async (text, name) => {
    const { digitalOcean } = cloud;
    const wanted = name ?? postgresOf(cloud).cluster.name;
    const cluster = digitalOcean.store.databases.find((one) => one.name === wanted);
    const query = digitalOcean.databases?.measurable(cluster?.id ?? "")?.query;
    if (!query) throw new Error(`${wanted} does not run`);
    return query(text, cloud.environment.config.database.name);
  };

/** Somebody who came an hour ago, by number. */
const somebody = (number: number) =>
  `insert into users (email, password_hash, created_at) values ('person-${number}@example.com', 'hash', now() - interval '1 hour')`;

const guests = "email like 'person-%'";

async function proveMoments({ cloud, person, sql, tell, expect }: Stage): Promise<void> {
  const prove = (to: string) => person.run("restore", "database", "--to", to, "--prove");
  const standing = () =>
    cloud.digitalOcean.store.databases.filter(({ engine }) => isPostgres(engine));
  tell("mam restore database --to <moment> --prove");
  await sql(somebody(1));
  const proved = await prove(await momentOf(cloud));
  expect("a moment is proved", says(proved, 0, "The backup is proved."));
  await sql(`delete from users where ${guests}`);
  const empty = await momentOf(cloud);
  await sql(somebody(1));
  const spoilt = await prove(empty);
  expect("a moment without rows that are older than it is not", says(spoilt, 1, "not proved"));
  const early = await prove("2020-01-01T00:00:00Z");
  expect(
    "one before the oldest backup is refused, with the window",
    says(early, 1, "to any moment from"),
  );
  const struck = await struckAt(person, "comparing", "SIGKILL", "--to", "now", "--prove");
  const left = standing().filter(({ destroying }) => !destroying).length;
  expect("a proof that is killed leaves its cluster", struck.exitCode === 137 && left === 2);
  const next = await prove("now");
  expect("the next one removes it", says(next, 0, "which a killed proof of"));
  expect(
    "and leaves nothing itself",
    standing().every(({ destroying, restored_from }) => destroying || restored_from === undefined),
  );
}

async function moveThereAndBack(stage: Stage): Promise<void> {
  const { cloud, person, sql, mam, tell, expect, show } = stage;
  const { name: old } = postgresOf(cloud).cluster;
  const at = await momentOf(cloud);
  await sql(somebody(2));
  const line = ["--switch", "--to", at, "--yes"] as const;
  const rows: string[] = [];
  for (const { words, signal } of strikes) {
    tell(`mam restore database --switch, ${signal} at "${words}"`);
    const { exitCode } = await struckAt(person, words, signal, ...line);
    rows.push(`${signal} at "${words}": exit code ${exitCode}`);
    expect(
      `struck at "${words}", it ends at once`,
      exitCode === (signal === "SIGKILL" ? 137 : 130),
    );
  }
  show(["A move to a restored database, struck:", ...rows.map((row) => `  ${row}`)]);
  const moved = await person.run("restore", "database", ...line);
  expect(
    "the same line goes on to the end",
    says(moved, 0, `The old cluster stands as it was: ${old}`),
  );
  const name = clusterOfApp(stage);
  expect("the app uses another cluster", name !== undefined && name !== old);
  expect("it has what was there at that moment", (await guestsIn(sql, name)) === 1);
  expect("the old one has everything", (await guestsIn(sql, old)) === 2);
  expect("mam verify finds nothing", succeeded(await mam.run("verify")));
  expect("mam plan changes nothing", succeeded(await mam.run("plan", "--detailed-exitcode")));
  tell("back to the old cluster");
  const back = await person.run("restore", "database", "--switch", "--to", old, "--yes");
  expect("the same command goes back to the old cluster", says(back, 0, `runs on ${old}`));
  expect(
    "mam plan changes nothing then either",
    succeeded(await mam.run("plan", "--detailed-exitcode")),
  );
}

const struckAt = (person: Mam, words: string, signal: NodeJS.Signals, ...line: string[]) =>
  person.struck(
    async (kill, ended, printed) => {
      await printed(words);
      if (!ended.aborted) kill(signal);
    },
    "restore",
    "database",
    ...line,
  );

/** A moment between what was done and what is done next. */
async function momentOf({ clock }: ScenarioContext["cloud"]): Promise<string> {
  await delay(200);
  const moment = clock.now().toISOString();
  await delay(200);
  return moment;
}

async function guestsIn(sql: Stage["sql"], cluster: string | undefined): Promise<number> {
  const [row] = await sql(`select count(*)::int as count from users where ${guests}`, cluster);
  return Number(row?.count);
}

function clusterOfApp({ cloud }: Stage): string | undefined {
  const [app] = cloud.digitalOcean.store.apps;
  return app?.spec.databases?.find(({ engine }) => engine === "PG")?.cluster_name;
}

function says({ exitCode, output }: CommandResult, code: number, words: string): string[] {
  const objections = exitCode === code ? [] : [`exit code ${exitCode}, expected ${code}`];
  return output.includes(words)
    ? objections
    : [...objections, `it does not say "${words}"`, output];
}
