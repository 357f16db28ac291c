import type { ChildProcess } from "node:child_process";

import { throwIfAborted } from "@mam-infra/clients/abort";
import { minuteOf } from "../context/age.ts";
import { exitCodes } from "../context/failure.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import { type Session, finishing } from "../context/session.ts";
import { type Access, readAccesses, recordAccess } from "../ledger/accesses.ts";
import { ledgerOf } from "../ledger/place.ts";
import { publicAddress } from "./address.ts";
import { applicationOf, closeDead, takeBack } from "./close.ts";
import {
  type Login,
  type ReachedDatabase,
  asAdministrator,
  connectionOf,
  reachDatabase,
} from "./database.ts";
import { endedInTime } from "./ending.ts";
import { endOf, psqlMajor, scriptArgs, startPsql } from "./psql-program.ts";
import { makeReader, newPassword, readerOf } from "./reader.ts";
import { type Asked, type Ending, newAccess, recordEnding } from "./record.ts";
import { keepTerminal, leavingTo } from "./terminal.ts";
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

/**
 * A session in the database. What is opened for it is recorded before it is opened, and taken back however the session
 * ends: by its own end, Ctrl-C, a signal, or its time. What a killed process leaves, the next session takes back.
 */
export async function psqlSession(
  session: Session,
  asked: AskedPsql,
  progress: Progress,
): Promise<Outcome> {
  const major = psqlMajor(session.variables);
  const database = await reachDatabase(session);
  if (major < Number(database.version)) {
    session.output.tell(
      `psql ${major} is older than the server, ${database.version}: commands such as \\d may fail\n  fix: sudo apt-get install postgresql-client-${database.version}\n`,
    );
  }
  const address = await publicAddress(session, asked.address);
  const left = await closeDead(session, database, address);
  throwIfAborted(session.interruption, "nothing was opened");
  const access = await begin(session, asked, database, address);
  const ending = await within(session, { asked, database, access, address }, progress);
  const problems = [...left, ...ending.problems];
  return outcomeOf(session, access, ending, problems);
}

/** Everything that a session is. */
interface Opening {
  readonly asked: AskedPsql;
  readonly database: ReachedDatabase;
  readonly access: Access;
  readonly address: string;
}

type Ended = Ending & { readonly problems: readonly string[] };

async function begin(
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

/** Opens, runs psql, and takes back whatever of it was opened. */
async function within(session: Session, opening: Opening, progress: Progress): Promise<Ended> {
  try {
    const login = await progress.step(`letting ${opening.address} in`, () =>
      open(session, opening),
    );
    throwIfAborted(session.interruption, "psql was not started");
    const ending = await run(session, opening, login);
    return { ...ending, problems: await close(finishing(session), opening, ending) };
  } catch (error) {
    const result = session.interruption.aborted ? "interrupted" : "failed";
    await close(finishing(session), opening, { result });
    throw error;
  }
}

/** Takes back what was opened, unless somebody else has: what they recorded stays. */
async function close(
  session: Session,
  { access, database, address }: Opening,
  ending: Ending,
): Promise<string[]> {
  const known = await readAccesses(ledgerOf(session)).catch(() => []);
  if (known.some(({ id, result }) => id === access.id && result === "closed")) {
    session.output.tell("Another command has closed this session.\n");
    return [];
  }
  const problems = await takeBack(session, database, [access], address);
  if (problems.length === 0) return recordEnding(session, access, ending);
  session.output.tell(stillOpen(session, problems));
  return problems;
}

/** Lets this machine in, and makes the session's user. */
async function open(session: Session, opening: Opening): Promise<Login> {
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

/** Runs psql until it ends, is ended by its time, or by a signal. */
async function run(session: Session, { asked, access, database }: Opening, login: Login) {
  const { command } = asked;
  const isByHand = command === undefined && process.stdin.isTTY;
  if (isByHand) {
    session.output.tell(
      `${access.may === "read" ? "Read-only" : "As the administrator, who may write"}, until ${minuteOf(access.until)}; recorded as ${access.id}.\n`,
    );
  }
  const restore = keepTerminal();
  const child = startPsql({
    variables: session.variables,
    connection: connectionOf(session, database, login),
    args: command === undefined ? [] : scriptArgs,
    stdio: [command === undefined ? "inherit" : "pipe", "inherit", "inherit"],
  });
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(command);
  const wait = () => untilOver(session, child, access);
  try {
    return await (isByHand ? leavingTo("SIGINT", wait) : wait());
  } finally {
    restore();
  }
}

/** Waits for psql, which ends with its session's time and with an interruption. */
async function untilOver(session: Session, child: ChildProcess, access: Access): Promise<Ending> {
  const end = () => child.kill("SIGTERM");
  const { value, early = "ended" } = await endedInTime(session, access, end, endOf(child));
  return { result: early, exitCode: value };
}

function outcomeOf(
  { output }: Session,
  access: Access,
  { result, exitCode = exitCodes.failed }: Ended,
  problems: readonly string[],
): Outcome {
  if (result === "timed out") output.tell("The session's time is up; it is closed.\n");
  const ok = result === "ended" && exitCode === 0 && problems.length === 0;
  const code =
    result === "ended" && exitCode !== 0 ? exitCode : ok ? exitCodes.ok : exitCodes.failed;
  return { ok, data: { ...access, result, exitCode, problems }, text: "", exitCode: code };
}

function stillOpen({ environment }: Session, problems: readonly string[]): string {
  return `Not everything of the session was closed: ${problems.join("; ")}\n  fix: mam psql ${environment.config.name} --close\n`;
}
