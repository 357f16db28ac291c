import { readdirSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { resourceName } from "../../../constructs/naming.ts";
import { accessSchema } from "../../../operations/ledger/accesses.ts";
import { says, succeeded } from "../../harness/commands.ts";
import type { Mam } from "../../harness/mam.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import type { PlatformParts } from "../../platform/parts.ts";
import { onRealPlatform } from "../real-platform.ts";

/** People in the real database and in a real instance: for a while, recorded, and nothing stays open. */
export const access: Scenario = {
  name: "access",
  title: "mam psql reads, and writes when it is told to; mam console; nothing stays open",
  after: [],
  onDemand: true,
  play: (context) => onRealPlatform(context, visit),
};

async function visit(context: ScenarioContext, { clients }: PlatformParts): Promise<void> {
  const path = readdirSync(clients).map((major) => join(clients, major, "bin"));
  const person = context.mam.withVariables({ PATH: [...path, process.env.PATH ?? ""].join(":") });
  await inDatabase(context, person);
  await inInstance(context, person);
  await holdRecorded(context, person);
}

/** What psql ends with when SQL fails. */
const sqlFailed = 3;

async function inDatabase(context: ScenarioContext, person: Mam): Promise<void> {
  const { tell, expect } = context;
  const sql = (text: string, ...rest: string[]) =>
    person.run("psql", "--reason", "rehearsal", "--command", text, ...rest);
  const count = `SELECT 'users: ' || count(*) FROM users`;
  tell("mam psql");
  expect("mam psql reads", says(await sql(count), 0, "users: 0"));
  const refused = await sql("DELETE FROM users");
  expect("mam psql refuses to write", says(refused, sqlFailed, "in a read-only transaction"));
  const turned = await sql("SET default_transaction_read_only = off; DELETE FROM users");
  expect("also when that is turned off", says(turned, sqlFailed, "permission denied for table"));
  const insert = "INSERT INTO users (email, password_hash) VALUES ('a@rehearsal.example', 'none')";
  expect("mam psql --write writes", succeeded(await sql(insert, "--write")));
  expect("and what it wrote is read", says(await sql(count), 0, "users: 1"));
  await holdClosed(context);
}

/** States that the cluster trusts what is configured and no more, and that no user of a session is left. */
async function holdClosed({ cloud, expect }: ScenarioContext): Promise<void> {
  const { databases, store } = cloud.digitalOcean;
  const named = resourceName(cloud.environment.config, "postgres");
  const cluster = store.databases.find(({ name }) => name === named);
  if (!cluster) throw new Error("there is no PostgreSQL");
  const { vpcCidr } = cloud.environment.config.network;
  const others = cluster.rules.filter(({ value }) => value !== vpcCidr);
  expect(
    "no address is trusted that is not configured",
    others.map(({ value }) => value),
  );
  const rows = await databases
    ?.measurable(cluster.id)
    ?.query?.(
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'mam\\_reader\\_%'",
      cloud.environment.config.database.name,
    );
  expect(
    "no user of a session is left",
    (rows ?? [{ rolname: "nobody asked" }]).map(({ rolname }) => String(rolname)),
  );
}

async function inInstance({ tell, expect }: ScenarioContext, person: Mam): Promise<void> {
  tell("mam console");
  const typed = 'test -n "$POSTGRES_URL" && echo in-$((40 + 2))\nexit\n';
  const shell = await person.typed(typed, "console", "api", "--reason", "rehearsal");
  expect(
    "mam console types into a running instance, with its environment",
    says(shell, 0, "in-42"),
  );
  const nobody = await person.run("console", "nobody", "--reason", "rehearsal");
  expect(
    "a component that there is not is answered with those that there are",
    says(nobody, 2, "expected one of"),
  );
}

const list = z.looseObject({ sessions: z.array(accessSchema) });

async function holdRecorded({ expect }: ScenarioContext, person: Mam): Promise<void> {
  const { stdout } = await person.run("psql", "--list", "--json");
  const { sessions } = list.parse(JSON.parse(stdout));
  const told = sessions.map(({ kind, may, result }) => `${kind}, ${may}: ${result}`);
  const psql = ["read", "read", "read", "write", "read"].map((may) => `psql, ${may}: ended`);
  const expected = [...psql, "console, write: ended"];
  expect(
    "the history has every session, with what it might do and how it ended",
    told.join() === expected.join() || told,
  );
}
