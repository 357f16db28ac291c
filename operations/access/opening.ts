import { minuteOf } from "../context/age.ts";
import type { Session } from "../context/session.ts";
import { type Access, readAccesses, recordAccess } from "../ledger/accesses.ts";
import { ledgerOf } from "../ledger/place.ts";
import { applicationOf, takeBack } from "./close.ts";
import { type Login, type ReachedDatabase, asAdministrator } from "./database.ts";
import { makeReader, newPassword, readerOf } from "./reader.ts";
import { type Asked, type Ending, newAccess, recordEnding } from "./record.ts";
import { trust } from "./trusted-sources.ts";

/** What a person asks of `mam psql`. */
export interface AskedPsql extends Asked {
  /** As the administrator, who may do everything; otherwise as a user who may read. */
  readonly write: boolean;
  /** This machine's address on the internet; found out without it. */
  readonly address?: string | undefined;
  /** SQL to run instead of a session by hand. */
  readonly command?: string | undefined;
}

/** Everything that a session in the database is. */
export interface Opening {
  readonly asked: AskedPsql;
  readonly database: ReachedDatabase;
  readonly access: Access;
  readonly address: string;
}

/** Records a session before anything is opened for it. */
export async function begin(
  session: Session,
  asked: AskedPsql,
  { clusterName, database }: ReachedDatabase,
  address: string,
): Promise<Access> {
  const may = asked.write ? "write" : "read";
  const access = {
    ...newAccess(session, asked, { kind: "psql", may, where: `${clusterName}/${database}` }),
    address,
  };
  const recorded = asked.write ? access : { ...access, role: readerOf(access.id) };
  await recordAccess(ledgerOf(session), recorded);
  return recorded;
}

/** Lets this machine in, and makes the session's user. */
export async function open(session: Session, opening: Opening): Promise<Login> {
  const { access, database, asked, address } = opening;
  await trust(session.clients.digitalOcean(), database.clusterId, address);
  const application = applicationOf(access);
  const { role } = access;
  if (role === undefined) return { ...database.administrator, application };
  const password = newPassword();
  session.redactor.learn([password]);
  const sql = makeReader({ role, password, until: new Date(access.until), minutes: asked.minutes });
  const unreadable = await asAdministrator(session, database, sql);
  if (unreadable.length > 0) {
    session.output.tell(
      `not readable, because the administrator does not own them: ${unreadable.join(", ")}\n`,
    );
  }
  return { user: role, password, application };
}

/**
 * Takes back what was opened, unless somebody else has: what they recorded stays.
 *
 * @returns what could not be taken back, a sentence each; what is left then was said.
 */
export async function close(session: Session, opening: Opening, ending: Ending): Promise<string[]> {
  const { access, database, address } = opening;
  const known = await readAccesses(ledgerOf(session)).catch(() => []);
  if (known.some(({ id, result }) => id === access.id && result === "closed")) {
    session.output.tell("Another command has closed this session.\n");
    return [];
  }
  const problems = await takeBack(session, database, [access], address);
  if (problems.length === 0) return recordEnding(session, access, ending);
  session.output.tell(stillOpen(session, opening, problems));
  return problems;
}

/** What may be left of a session, and each way to remove it. */
function stillOpen(
  { environment }: Session,
  { access: { role, until }, address, database }: Opening,
  problems: readonly string[],
): string {
  const { name } = environment.config;
  const user =
    role === undefined
      ? "its connections as the administrator"
      : `the user ${role}, which cannot sign in after ${minuteOf(until)}`;
  return [
    `Not everything of the session was closed: ${problems.join("; ")}`,
    `  what may be left: ${address} among the trusted sources of ${database.clusterName}, and ${user}`,
    `  fix: mam psql ${name} --close, as soon as the platform answers; or take the address out in the control panel: Databases, ${database.clusterName}, Network Access`,
    "",
  ].join("\n");
}
