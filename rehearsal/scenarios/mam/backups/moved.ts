import { says, succeeded } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { postgresOf, runSql } from "../../incidents/sql.ts";

/** The platform moves to a new cluster that is filled from the newest dump, and people who came later are gone there. */
export async function moveToDump(
  { cloud, mam, tell, expect }: ScenarioContext,
  person: Mam,
): Promise<void> {
  const { name: database } = cloud.environment.config.database;
  const { name: old } = postgresOf(cloud).cluster;
  const late = "late@rehearsal.example";
  const peopleIn = async (cluster: string) => {
    const { databases, store } = cloud.digitalOcean;
    const found = store.databases.find(({ name }) => name === cluster);
    const query = databases?.measurable(found?.id ?? "")?.query;
    const sql = `select count(*)::int as count from users where email = '${late}'`;
    return Number((await query?.(sql, database))?.[0]?.count);
  };
  await runSql(cloud, `insert into users (email, password_hash) values ('${late}', 'hash')`);
  tell("mam restore database --switch --to latest");
  const moved = await person.run("restore", "database", "--switch", "--to", "latest", "--yes");
  const stands = `The old cluster stands as it was: ${old}`;
  expect("the platform moves to the newest dump", says(moved, 0, stands));
  const [app] = cloud.digitalOcean.store.apps;
  const used = app?.spec.databases?.find(({ engine }) => engine === "PG")?.cluster_name ?? "none";
  expect("the app uses the cluster that was made from it", used !== old && used !== "none");
  expect("what was written after the dump is not there", (await peopleIn(used)) === 0);
  expect("it stays in the old cluster", (await peopleIn(old)) === 1);
  expect("mam verify finds no error", succeeded(await mam.run("verify")));
  expect("mam plan changes nothing", succeeded(await mam.run("plan", "--detailed-exitcode")));
}
