import type { Command } from "commander";

import { publicAddress } from "../access/address.ts";
import { closeEverything } from "../access/close.ts";
import { reachDatabase } from "../access/database.ts";
import { psqlMajor } from "../access/psql-program.ts";
import { psqlSession } from "../access/psql.ts";
import { askedOf, defaultMinutes } from "../access/record.ts";
import { renderAccesses, renderClosed } from "../access/text.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { readAccesses } from "../ledger/accesses.ts";
import { ledgerOf } from "../ledger/place.ts";
import { environmentCommand } from "./action.ts";

interface PsqlOptions {
  readonly json: boolean;
  readonly write: boolean;
  readonly minutes: string;
  readonly reason?: string;
  readonly address?: string;
  readonly command?: string;
  readonly close: boolean;
  readonly list: boolean;
}

/** `mam psql`: a session in the private database, for a while. */
export function declarePsql(program: Command): void {
  environmentCommand<PsqlOptions>(
    program,
    "psql",
    "opens psql in the private database: read-only, for a while, recorded",
    [
      'mam psql production --reason "ticket 4711: job that hangs"',
      'mam psql staging --reason "counts" --command "SELECT count(*) FROM assets"',
      'mam psql production --write --minutes 10 --reason "ticket 4712: wrong owner"',
      "mam psql production --list",
      "mam psql production --close",
    ],
    psql,
  )
    .option("--reason <words>", "why; recorded in the environment's history")
    .option("--write", "as the administrator of the database, who may do everything", false)
    .option("--minutes <n>", "ends the session after so long", String(defaultMinutes))
    .option("--command <sql>", "runs this SQL and ends, with psql's exit code")
    .option("--address <ip>", "IPv4 address of this machine on the internet; found out without it")
    .option("--close", "ends every session, and takes out every address that was let in", false)
    .option("--list", "shows the sessions that were", false);
}

async function psql(session: Session, options: PsqlOptions, progress: Progress): Promise<Outcome> {
  if (options.list) return listed(session);
  if (options.close) return closed(session, options, progress);
  if (options.json)
    throw new NotConfigured(
      "--json goes with --list or --close: psql speaks itself\n  fix: leave --json out, or mam psql <environment> --list --json",
    );
  const { write, address, command } = options;
  return psqlSession(session, { ...askedOf(options), write, address, command }, progress);
}

async function listed(session: Session): Promise<Outcome> {
  const sessions = await readAccesses(ledgerOf(session));
  return { ok: true, data: { sessions }, text: renderAccesses(sessions) };
}

async function closed(
  session: Session,
  { address }: PsqlOptions,
  progress: Progress,
): Promise<Outcome> {
  psqlMajor(session.variables);
  const found = await progress.step("closing what is open", async () => {
    const database = await reachDatabase(session);
    return closeEverything(session, database, await publicAddress(session, address));
  });
  const ok = found.problems.length === 0;
  return { ok, data: found, text: renderClosed(session.environment.config.name, found) };
}
