import type { ChildProcess } from "node:child_process";

import { throwIfAborted } from "@mam-infra/clients/abort";
import { minuteOf } from "../context/age.ts";
import { exitCodes } from "../context/failure.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import { type Session, finishing } from "../context/session.ts";
import type { Access } from "../ledger/accesses.ts";
import { publicAddress } from "./address.ts";
import { closeDead } from "./close.ts";
import { type Login, connectionOf, reachDatabase } from "./database.ts";
import { endWithDescendants } from "./descendants.ts";
import { endedInTime } from "./ending.ts";
import { type AskedPsql, type Opening, begin, close, open } from "./opening.ts";
import { endOf, psqlMajor, scriptArgs, startPsql } from "./psql-program.ts";
import type { Ending } from "./record.ts";
import { keepTerminal, leavingTo } from "./terminal.ts";

/**
 * Longest time to take back what was opened, in seconds: a platform needs moments to let an address in that it has just been
 * told of (`connectAttempts`), and one that is gone must not hold a person for ever.
 */
const takeBackSeconds = 120;

/** What a session is held to beside what is asked for. */
interface Limits {
  /** @defaultValue 120 */
  readonly takeBackSeconds: number;
}

/**
 * A session in the database. What is opened for it is recorded before it is opened, and taken back however the session
 * ends: by its own end, Ctrl-C, a signal, or its time. What a killed process leaves, the next session takes back.
 */
export async function psqlSession(
  session: Session,
  asked: AskedPsql,
  progress: Progress,
  limits: Limits = { takeBackSeconds },
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
  const opening = { asked, database, access, address };
  const ending = await within(session, { opening, limits }, progress);
  const problems = [...left, ...ending.problems];
  return outcomeOf(session, access, ending, problems);
}

type Ended = Ending & { readonly problems: readonly string[] };

/** Opens, runs psql, and takes back whatever of it was opened. */
async function within(
  session: Session,
  { opening, limits }: { readonly opening: Opening; readonly limits: Limits },
  progress: Progress,
): Promise<Ended> {
  const end = (ending: Ending) => {
    const deadline = AbortSignal.timeout(limits.takeBackSeconds * 1000);
    return close(finishing(session, deadline), opening, ending);
  };
  try {
    const login = await progress.step(`letting ${opening.address} in`, () =>
      open(session, opening),
    );
    throwIfAborted(session.interruption, "psql was not started");
    const ending = await run(session, opening, login);
    return { ...ending, problems: await end(ending) };
  } catch (error) {
    const result = session.interruption.aborted ? "interrupted" : "failed";
    await end({ result });
    throw error;
  }
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

/** Waits for psql, which ends with its session's time and with an interruption, and every shell that was opened in it too. */
async function untilOver(session: Session, child: ChildProcess, access: Access): Promise<Ending> {
  let all = Promise.resolve();
  const end = () => {
    all = endWithDescendants(child);
  };
  const { value, early = "ended" } = await endedInTime(session, access, end, endOf(child));
  await all;
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
