import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import {
  type EngineName,
  databaseEngines,
  findEngines,
  keptClientsDirectory,
  skipReason,
} from "@mam-infra/engines";

import type { Session } from "../../../../operations/context/session.ts";
import { type Restore, readRestores } from "../../../../operations/ledger/restores.ts";
import { ledgerOf } from "../../../../operations/ledger/place.ts";
import { clientsVariable } from "../../../../operations/restore/database/clients.ts";
import { imageOfData } from "../../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TestPlatform, openDeployedPlatform } from "../../../support/platform.ts";
import { type Ended, type Strike, runMam } from "../../../support/run-mam.ts";

const needed: readonly EngineName[] = ["postgres", "pgbouncer", "valkey", "pg_dump"];
const engines = await findEngines({ only: needed });

/** Why a restore to a moment cannot be tested here. */
export const lackOfEngines = skipReason(engines, ["postgres", "valkey", "pg_dump"]);

/** A deployed environment whose databases are real, and whose schema is the platform's. */
export interface Moments {
  readonly platform: TestPlatform;
  /** Runs SQL in the environment's database, as its administrator. */
  sql(text: string): Promise<unknown>;
  /** Keeps everybody from a table, until it is let go. */
  keep(table: string): Promise<{ readonly letGo: () => Promise<unknown> }>;
  /** The present of the platform, as `--to` takes it. */
  now(): string;
  /** Lets some milliseconds of this machine pass, and their minutes on the platform. */
  pause(): Promise<void>;
  /** A session of somebody who has PostgreSQL's client programs. */
  session(changed?: Readonly<Record<string, string>>): Session;
  /** Names of the clusters of PostgreSQL. */
  clusters(): string[];
  restores(): Promise<readonly Restore[]>;
  /** Runs `mam …`, and sends it a signal when it says something. */
  mam(args: readonly string[], strike?: Strike): Promise<Ended>;
}

/** Minutes of the platform's time in a second of ours: a backup is there after ten. */
const speed = 600;

export async function openMoments(): Promise<Moments> {
  const databases = databaseEngines(engines);
  const platform = await openDeployedPlatform("staging", {
    imageOf: imageOfData,
    databases,
    speed,
  });
  const clients = await keptClientsDirectory(engines.found.pg_dump!);
  const { digitalOcean, clock } = platform.cloud;
  const postgres = () => digitalOcean.store.databases.filter(({ engine }) => engine === "pg");
  const { query } = digitalOcean.databases!.measurable(postgres()[0]!.id)!;
  const sql = (text: string) => query!(`set role doadmin; ${text}; reset role`, "mam");
  const pause = () => clock.sleep(speed / 100);
  const session = (changed: Readonly<Record<string, string>> = {}) =>
    platform.session({ [clientsVariable]: clients, ...changed });
  await sql(schema());
  // Until there is a first backup.
  await clock.sleep(1200);
  return {
    platform,
    sql,
    session,
    keep: async (table) => {
      const kept = query!(
        `begin; lock table ${table} in access exclusive mode; select pg_sleep(3600); commit`,
        "mam",
      ).catch((error: unknown) => error);
      const sleeping = "from pg_stat_activity where wait_event = 'PgSleep'";
      while ((await query!(`select 1 ${sleeping}`, "mam")).length === 0) await pause();
      return {
        letGo: async () => {
          await query!(`select pg_cancel_backend(pid) ${sleeping}`, "mam");
          await kept;
        },
      };
    },
    now: () => clock.now().toISOString(),
    pause,
    clusters: () =>
      postgres()
        .filter(({ destroying }) => !destroying)
        .map(({ name }) => name),
    restores: () => readRestores(ledgerOf(session())),
    mam: (args, strike) =>
      runMam({ ...platform.variables, [clientsVariable]: clients }, args, { strike }),
  };
}

/** The migrations of the reference API, and the rights that it gives. */
function schema(): string {
  const directory = "services/api/src/migrations";
  const files = readdirSync(directory).toSorted();
  const names = files.map((file) => file.replace(/\.sql$/, ""));
  return [
    "create table migrations (id serial primary key, name text not null, run_on timestamp not null)",
    ...files.map((file) => readFileSync(join(directory, file), "utf8")),
    ...names.map((name) => `insert into migrations (name, run_on) values ('${name}', now())`),
    ...["mam_app", "mam_app_b"].flatMap((user) => [
      `grant usage on schema public to ${user}`,
      `grant select, insert, update, delete on all tables in schema public to ${user}`,
      `grant usage, select on all sequences in schema public to ${user}`,
    ]),
    person(1),
  ].join(";\n");
}

/** SQL that makes somebody, an hour ago. */
export const person = (number: number) =>
  `insert into users (email, password_hash, created_at) values ('person-${number}@example.com', 'hash', now() - interval '1 hour')`;
