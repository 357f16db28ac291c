import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { NotConfigured } from "../context/credentials.ts";
import { inEveryText, oneLine } from "../context/printable.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { reloaded } from "../secrets/rotation/rotation-file.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { judgeStatus } from "../status/judgement.ts";
import { readStatus } from "../status/status.ts";
import { renderStatus } from "../status/text.ts";
import { watch } from "../status/watch.ts";

interface StatusOptions {
  readonly json: boolean;
  /** Seconds as typed, or true without any. */
  readonly watch?: string | true;
}

/** Pause of a watch, in seconds. */
const defaultSeconds = 60;

/**
 * Shortest pause, in seconds: a look makes some thirty requests, and a token has 5000 an hour for everybody who uses it
 * (docs.digitalocean.com/reference/api, rate limit).
 */
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
  const look = async () => {
    // The files may change while a person watches: a release is made in another window.
    const found = inEveryText(await readStatus(reloaded(session), new Date()), oneLine);
    return { found, judgement: judgeStatus(found) };
  };
  const render = ({ found, judgement }: Awaited<ReturnType<typeof look>>) =>
    renderStatus(found, judgement);
  const { name } = session.environment.config;
  const seconds = secondsOf(options);
  const seen =
    seconds === undefined
      ? await progress.step(`asking how ${name} is`, async () => {
          const once = await look();
          throwIfAborted(session.interruption, "nothing was seen yet");
          return once;
        })
      : await watch({
          look,
          render,
          seconds,
          screen: {
            show: (text) => {
              session.output.redraw(text);
            },
          },
          interruption: session.interruption,
        });
  const ok = seen.judgement.problems.length === 0;
  return {
    ok,
    data: { ...seen.found, ok, ...seen.judgement },
    text: seconds === undefined ? render(seen) : "",
  };
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
