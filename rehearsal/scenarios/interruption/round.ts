import { releaseComparisons } from "../../../operations/verify/app.ts";
import { disagreements } from "../../../operations/verify/comparison.ts";
import { observe } from "../../../operations/platform/observed-state.ts";
import { type CommandResult, succeeded } from "../../harness/commands.ts";
import type { Mam } from "../../harness/mam.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";
import { leftBehind } from "./left-behind.ts";
import { type StrikeName, strikeAt } from "./strikes.ts";
import { goBackAsTold } from "./way-back.ts";

/** What became of one interrupted deployment, and of the one after it. */
export interface Round {
  /** What was deployed: the environment from nothing, or a release. */
  readonly what: string;
  readonly strike: StrikeName;
  /** When it was struck, in seconds after the start. */
  readonly seconds: number;
  /** What the deployment was doing by then. */
  readonly phase: string;
  readonly exitCode: number;
  /** Whether everything was done when it was struck: the process may still be on its way out. */
  readonly over: boolean;
  /** How long the command took, in milliseconds. */
  readonly took: number;
  /** Lines that were printed and run until a deployment completed. */
  readonly lines: readonly string[];
  /** What was left behind, and what the next deployment did not do. */
  readonly objections: readonly string[];
}

/** Where a round is played. */
export type RoundContext = Pick<ScenarioContext, "cloud" | "api" | "releases">;

/**
 * Exit codes: over before it was struck; interrupted; ended by the signal itself, before the command listened or because
 * nobody can listen to it; failed, because its Terraform was killed.
 */
const expectedCodes: Readonly<Record<StrikeName, readonly number[]>> = {
  SIGTERM: [0, 130, 143],
  SIGKILL: [0, 137],
  "SIGKILL of Terraform": [0, 1],
};

/** How each phase begins to be told (operations/deploy). */
const phase =
  /^(reading the ledger|asking what runs|doctor|looking for what|sealing the secrets|taking plaintext out of the state|planning|recording release|applying|waiting for|verifying)/;

/** What is played in a round. */
export interface RoundOptions {
  readonly what: string;
  readonly strike: StrikeName;
  /** Moment after the start. */
  readonly milliseconds: number;
}

/**
 * Deploys, strikes at a moment, looks what is left behind, and deploys again. After SIGTERM nothing may be left, and the
 * next deployment needs no help; what was killed may leave what is printed with the line that mends it.
 */
export async function playRound(
  context: RoundContext,
  mam: Mam,
  { what, strike, milliseconds }: RoundOptions,
): Promise<Round> {
  const { cloud, releases } = context;
  const begun = performance.now();
  const result = await mam.struck(strikeAt(strike, milliseconds, mam), "deploy", "--yes");
  const took = performance.now() - begun;
  const left = strike === "SIGTERM" ? leftBehind(cloud, releases) : [];
  const { lines, unnamed, deployment } = await goBackAsTold(cloud, mam);
  return {
    what,
    strike,
    seconds: milliseconds / 1000,
    phase: phaseOf(result),
    exitCode: result.exitCode,
    over: isOver(result),
    took,
    lines,
    objections: [
      ...(expectedCodes[strike].includes(result.exitCode) ? [] : succeeded(result)),
      ...left,
      ...(needsLines(strike) ? [] : lines.map((line) => `${line} was needed`)),
      ...unnamed.map(({ kind, name, id }) => `${kind} ${name} (${id}) has no line`),
      ...succeeded(deployment).map(
        () => `the next deployment ends with ${deployment.exitCode}: ${endOf(deployment)}`,
      ),
      ...leftBehind(cloud, releases).map((objection) => `after the next deployment: ${objection}`),
      ...(await notRunning(context)),
    ],
  };
}

/** Whether anything may be left: a Terraform that outlives a killed command finishes, and only a killed Terraform cannot. */
function needsLines(strike: StrikeName): boolean {
  return strike === "SIGKILL of Terraform";
}

const killed = [137, 143];

function isOver({ exitCode, output }: CommandResult): boolean {
  return (
    exitCode === 0 || (killed.includes(exitCode) && output.includes(" runs, and is verified "))
  );
}

function phaseOf(result: CommandResult): string {
  if (isOver(result)) return "it was over";
  if (result.exitCode === 143) return "before it listened";
  const last = result.output.split("\n").findLast((line) => phase.test(line));
  // The id of a release says nothing about the moment.
  return last?.replace(/ \d{8}-.*/, "") ?? "before it began";
}

/** Lines of a failed command that are shown: its log may be gone with its platforms. */
const shownLines = 12;

function endOf({ output }: CommandResult): string {
  return output.trimEnd().split("\n").slice(-shownLines).join("\n    ");
}

async function notRunning({ cloud, api, releases }: RoundContext): Promise<string[]> {
  const { environment } = cloud;
  const found = await observe(api, environment.config);
  const release = releases.current();
  return disagreements(releaseComparisons({ ...environment, release }, found));
}
