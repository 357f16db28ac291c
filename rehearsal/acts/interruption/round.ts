import { releaseComparisons } from "../../../operations/verify/app.ts";
import { disagreements } from "../../../operations/verify/comparison.ts";
import { survey } from "../../../operations/verify/survey.ts";
import { type CommandResult, succeeded } from "../../stage/commands.ts";
import type { Mam } from "../../stage/mam.ts";
import type { Stage } from "../act.ts";
import { leftBehind } from "./left-behind.ts";

/** What became of one interrupted deployment, and of the one after it. */
export interface Round {
  /** What was deployed: the environment from nothing, or a release. */
  readonly what: string;
  /** When SIGTERM came, in seconds after the start. */
  readonly seconds: number;
  /** What the deployment was doing by then. */
  readonly phase: string;
  readonly exitCode: number;
  /** Whether everything was done when the signal came: the process may still be on its way out. */
  readonly over: boolean;
  /** How long the command took, in milliseconds. */
  readonly took: number;
  /** What was left behind, and what the next deployment did not do. */
  readonly objections: readonly string[];
}

/** Where a round is played. */
export type RoundStage = Pick<Stage, "cloud" | "api" | "releases">;

/** Exit codes: over before the signal came; interrupted; ended by the signal itself, before the command listened. */
const expectedCodes = [0, 130, 143];

/** How each phase begins to be told (operations/deploy). */
const phase =
  /^(reading the ledger|asking what runs|doctor|looking for what|sealing the secrets|taking plaintext out of the state|planning|recording release|applying|waiting for|verifying)/;

/** Deploys, interrupts it at a moment, looks what is left behind, and deploys again. */
export async function playRound(
  stage: RoundStage,
  mam: Mam,
  what: string,
  milliseconds: number,
): Promise<Round> {
  const { cloud, releases } = stage;
  const begun = performance.now();
  const result = await mam.terminate(milliseconds, "deploy", "--yes");
  const took = performance.now() - begun;
  const left = leftBehind(cloud, releases);
  const next = await mam.run("deploy", "--yes");
  return {
    what,
    seconds: milliseconds / 1000,
    phase: phaseOf(result),
    exitCode: result.exitCode,
    over: isOver(result),
    took,
    objections: [
      ...(expectedCodes.includes(result.exitCode) ? [] : succeeded(result)),
      ...left,
      ...succeeded(next).map(
        () => `the next deployment ends with ${next.exitCode}: ${endOf(next)}`,
      ),
      ...leftBehind(cloud, releases).map((objection) => `after the next deployment: ${objection}`),
      ...(await notRunning(stage)),
    ],
  };
}

function isOver({ exitCode, output }: CommandResult): boolean {
  return exitCode === 0 || (exitCode === 143 && output.includes(" runs, and is verified "));
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

async function notRunning({ cloud, api, releases }: RoundStage): Promise<string[]> {
  const { environment } = cloud;
  const found = await survey(api, environment.config);
  const release = releases.current();
  return disagreements(releaseComparisons({ ...environment, release }, found));
}
