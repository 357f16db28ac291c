import type { CommandResult } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { leftBehind } from "../../interruption/left-behind.ts";
import { goBackAsTold } from "../../interruption/way-back.ts";
import { type Wind, gustsOf } from "./winds.ts";

/** What became of a command in a storm. */
export interface Weathered {
  /** `a release`. */
  readonly what: string;
  readonly wind: Wind;
  readonly exitCode: number;
  /** Faults that it met. */
  readonly met: number;
  /** Lines that were printed and run until it was well. */
  readonly lines: readonly string[];
  readonly objections: readonly string[];
}

/** A command that goes through a storm, and the way on when it does not end well. */
export interface Crossing {
  readonly what: string;
  readonly run: (mam: Mam) => Promise<CommandResult>;
}

type Context = Pick<ScenarioContext, "cloud" | "releases">;

/**
 * Runs a command in a storm. It ends well, or with a sentence that says what to do; what it printed is run, and the same
 * command once more, in fair weather. Nothing may stand twice then, and nothing be lost.
 */
export async function weather(
  { cloud, releases }: Context,
  mam: Mam,
  { what, run }: Crossing,
  wind: Wind,
  seed: string,
): Promise<Weathered> {
  const faults = gustsOf(wind, `${seed}:${what}`);
  faults.forEach((fault) => {
    cloud.faults.add(fault);
  });
  const result = await run(mam);
  const met = faults.length - cloud.faults.clear();
  const { lines, objections } =
    result.exitCode === 0 ? { lines: [], objections: [] } : await goOn(cloud, mam, result, run);
  return {
    what,
    wind,
    exitCode: result.exitCode,
    met,
    lines,
    objections: [...objections, ...leftBehind(cloud, releases)],
  };
}

async function goOn(
  cloud: Context["cloud"],
  mam: Mam,
  { output, exitCode, log }: CommandResult,
  run: Crossing["run"],
): Promise<{ readonly lines: readonly string[]; readonly objections: string[] }> {
  const saysWhatToDo = /\bfix\b|Next: |\bmam \w+/.test(output);
  const { lines, unnamed, deployment } = await goBackAsTold(cloud, mam);
  const last = await run(mam);
  return {
    lines,
    objections: [
      ...(exitCode === 1 ? [] : [`it ends with ${exitCode}, see ${log}`]),
      ...(saysWhatToDo ? [] : [`it does not say what to do: ${endOf(output)}`]),
      ...unnamed.map(({ kind, name, id }) => `${kind} ${name} (${id}) has no line`),
      ...(deployment.exitCode === 0
        ? []
        : [`no deployment goes through: ${endOf(deployment.output)}`]),
      ...(last.exitCode === 0 ? [] : [`the next run fails: ${endOf(last.output)}`]),
    ],
  };
}

/** Lines of a failed command that are shown: its log may be gone with its platforms. */
const shownLines = 12;

const endOf = (output: string) => output.trimEnd().split("\n").slice(-shownLines).join("\n    ");
