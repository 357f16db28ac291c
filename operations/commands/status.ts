import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { NotConfigured } from "../context/credentials.ts";
import { inEveryText, oneLine } from "../context/printable.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { reloaded } from "../secrets/rotation/rotation-file.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { minute, statusPlan } from "../platform/sparing/reading-plan.ts";
import { spared } from "../platform/sparing/spared.ts";
import { type PartTimes, partTimes } from "../status/ages.ts";
import { type StatusJudgement, judgeStatus } from "../status/judgement.ts";
import { type Status, readStatus } from "../status/status.ts";
import { renderStatus } from "../status/text.ts";
import { watch } from "../status/watch.ts";

interface StatusOptions {
  readonly json: boolean;
  /** Seconds as typed, or true without any. */
  readonly watch?: string | true;
}

/** Pause of a watch, in seconds. */
const defaultSeconds = 60;

/** Shortest pause, in seconds: nothing of what is shown is asked for more often. */
const shortestSeconds = 30;

/** `mam status`: an environment at a glance. */
export function declareStatus(program: Command): void {
  environmentCommand<StatusOptions>(
    program,
    "status",
    "shows an environment at a glance: what runs, how it is, and what should be looked at",
    ["mam status production", "mam status production --watch 30", "mam status staging --json"],
    status,
  ).option(
    "--watch [seconds]",
    `shows it again and again until Ctrl-C, every ${defaultSeconds} seconds if none are named`,
  );
}

async function status(
  session: Session,
  options: StatusOptions,
  progress: Progress,
): Promise<Outcome> {
  const seconds = secondsOf(options);
  const seen =
    seconds === undefined ? await lookOnce(session, progress) : await lookAgain(session, seconds);
  const ok = seen.judgement.problems.length === 0;
  return {
    ok,
    data: { ...seen.found, ok, ...seen.judgement },
    text: seconds === undefined ? render(seen) : "",
  };
}

/** What a look has seen. */
interface Seen {
  readonly found: Status;
  readonly judgement: StatusJudgement;
  /** When parts were asked for that come from memory. */
  readonly times: PartTimes;
}

/** Looks at what the files say now: a release is made in another window while a person watches. */
async function look(session: Session): Promise<Omit<Seen, "times">> {
  const found = inEveryText(await readStatus(reloaded(session), new Date()), oneLine);
  return { found, judgement: judgeStatus(found) };
}

function render({ found, judgement, times }: Seen): string {
  return renderStatus(found, judgement, times);
}

/** Whoever looks once is told what is now. */
function lookOnce(session: Session, progress: Progress): Promise<Seen> {
  const { name } = session.environment.config;
  return progress.step(`asking how ${name} is`, async () => {
    const once = await look(session);
    throwIfAborted(session.interruption, "nothing was seen yet");
    return { ...once, times: {} };
  });
}

/** Whoever looks again and again spares DigitalOcean. */
function lookAgain(session: Session, seconds: number): Promise<Seen> {
  const { output, interruption } = session;
  const sparing = spared(session, statusPlan);
  return watch({
    look: async () => ({ ...(await look(sparing.session)), times: partTimes(sparing) }),
    render,
    seconds,
    longestPause: minute,
    screen: {
      show: (text) => {
        output.redraw(text);
      },
    },
    interruption,
  });
}

/** Pause of a watch; undefined without one. @throws NotConfigured for what cannot be watched. */
function secondsOf({ watch: asked, json }: StatusOptions): number | undefined {
  if (asked === undefined) return undefined;
  if (json)
    throw new NotConfigured("--watch is for a person, --json for a program: use one of them");
  const seconds = asked === true ? defaultSeconds : Number(asked);
  if (seconds >= shortestSeconds) return seconds;
  throw new NotConfigured(`--watch ${asked}: expected seconds, ${shortestSeconds} or more`);
}
