import { NotConfigured } from "../context/credentials.ts";
import { minuteOf } from "../context/age.ts";
import { exitCodes } from "../context/failure.ts";
import type { Outcome } from "../context/outcome.ts";
import { processStreams } from "../context/output.ts";
import { type Session, finishing } from "../context/session.ts";
import { type Access, recordAccess } from "../ledger/accesses.ts";
import { ledgerOf } from "../ledger/place.ts";
import { componentsOf, runningApp } from "../platform/running-app.ts";
import { endedInTime } from "./ending.ts";
import { type Asked, type Ending, newAccess, recordEnding } from "./record.ts";
import { type WebTerminal, openWebTerminal } from "./web-terminal.ts";

/** What a person asks of `mam console`. */
export interface AskedConsole extends Asked {
  readonly component: string;
  /** One of several instances; one that the platform chooses without it. */
  readonly instance?: string | undefined;
}

/** RFC 6455, 7.4.1: the other side has done what it was there for. */
const normalClosure = 1000;

/** A shell in a running instance, by App Platform's console. It is recorded, and ends with its time. */
export async function consoleSession(session: Session, asked: AskedConsole): Promise<Outcome> {
  const address = await consoleOf(session, asked);
  const { component, instance } = asked;
  const where = instance === undefined ? component : `${component}/${instance}`;
  const access = newAccess(session, asked, { kind: "console", may: "write", where });
  await recordAccess(ledgerOf(session), access);
  const ending = await within(session, access, address).catch(async (error: unknown) => {
    const result = session.interruption.aborted ? "interrupted" : "failed";
    await recordEnding(session, access, { result });
    throw error;
  });
  const problems = await recordEnding(finishing(session), access, ending);
  for (const problem of problems) session.output.tell(`${problem}\n`);
  const ok = ending.result === "ended" && problems.length === 0;
  return {
    ok,
    data: { ...access, ...ending, problems },
    text: "",
    exitCode: ok ? exitCodes.ok : exitCodes.failed,
  };
}

/** The address of a console, which is a secret. @throws NotConfigured for a component that there is not. */
async function consoleOf(session: Session, { component, instance }: AskedConsole): Promise<string> {
  const { config } = session.environment;
  const app = await runningApp(session);
  if (!app)
    throw new NotConfigured(
      `there is no app of ${config.name} yet\n  fix: mam deploy ${config.name}`,
    );
  const { services, workers } = app.active_deployment?.spec ?? app.spec;
  const names = componentsOf({ services, workers } as typeof app.spec).map(({ name }) => name);
  if (!names.includes(component)) {
    throw new NotConfigured(`component ${component}: expected one of ${names.join(", ")}`);
  }
  const query = instance === undefined ? {} : { query: { instance_name: instance } };
  const path = { app_id: app.id, component_name: component };
  const { url } = await session.clients.digitalOcean().call("getAppConsole", path, query);
  session.redactor.learn([url, new URL(url).searchParams.get("token") ?? undefined]);
  return url;
}

async function within(session: Session, access: Access, address: string): Promise<Ending> {
  const { output } = session;
  const terminal = await openWebTerminal(session, address, (text) => {
    output.disclose(text);
  });
  output.tell(`In ${access.where}, until ${minuteOf(access.until)}; recorded as ${access.id}.\n`);
  const leave = attach(terminal);
  try {
    const { value, early } = await endedInTime(session, access, terminal.hangUp, terminal.closed);
    leave();
    if (early === "timed out") return said(output, early, "The session's time is up.");
    if (early !== undefined) return { result: early };
    if (value.code === normalClosure) return { result: "ended" };
    return said(
      output,
      "failed",
      `The connection was closed (${value.code}): the instance is gone, as after a release, or the network is.`,
    );
  } finally {
    leave();
  }
}

function said(output: Session["output"], result: Ending["result"], words: string): Ending {
  output.tell(`${words}\n`);
  return { result };
}

/** What a terminal sends at the end of its input. */
const endOfInput = "\u0004";

/**
 * Gives what is typed here to a terminal far away, every key of it: Ctrl-C is its to obey.
 *
 * @returns gives the terminal here back; may be called again.
 */
function attach(terminal: WebTerminal): () => void {
  const { stdin } = process;
  const { result: screen } = processStreams();
  const type = (text: Buffer) => {
    terminal.type(text.toString("utf8"));
  };
  const end = () => {
    terminal.type(endOfInput);
  };
  const resize = () => {
    if (screen.isTTY) terminal.resize(screen.columns, screen.rows);
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on("data", type).on("end", end);
  screen.on("resize", resize);
  resize();
  return () => {
    stdin.off("data", type).off("end", end);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
    screen.off("resize", resize);
  };
}
