import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";
import type { CommandResult } from "../../harness/commands.ts";
import type { Mam } from "../../harness/mam.ts";
import { type StandingResource, unknownTo } from "./standing.ts";

/** The way from a deployment that was killed to one that completes. */
export interface WayBack {
  /** Lines that were printed, and run as they stood there. */
  readonly lines: readonly string[];
  /** The deployment at its end. */
  readonly deployment: CommandResult;
  /** What stood, was in no state, and had no line. */
  readonly unnamed: readonly StandingResource[];
}

/** Deployments until the way must be at its end: one that finds a lock, one that finds what stands, and one more. */
const longest = 4;

const printed = /mam (state (?:unlock|import|remove|push) \S+(?: \S+)*)$/gm;

/** Goes on as a person does: deploys, runs every line that is printed, and deploys again. */
export async function goBackAsTold(cloud: RehearsalCloud, mam: Mam): Promise<WayBack> {
  const lines: string[] = [];
  const unnamed: StandingResource[] = [];
  let deployment = await mam.run("deploy", "--yes");
  for (let turn = 1; turn < longest && deployment.exitCode !== 0; turn += 1) {
    const { output } = deployment;
    unnamed.push(...unknownTo(cloud).filter((one) => !isNamed(one, output)));
    const found = new Set([...output.matchAll(printed)].map(([, line = ""]) => line));
    if (found.size === 0) break;
    for (const line of found) await play(mam, line);
    lines.push(...found);
    deployment = await mam.run("deploy", "--yes");
  }
  return { lines, deployment, unnamed };
}

async function play(mam: Mam, line: string): Promise<void> {
  const [state = "", verb = "", , ...operands] = line.split(" ");
  await mam.run(`${state} ${verb}`, ...operands);
}

/** Whether a line is about something: it ends with what the platform calls it, parts of a cluster behind a comma. */
function isNamed({ id }: StandingResource, output: string): boolean {
  const importId = id.replace(/\/(?:database\/|user\/)?/, ",");
  return [id, importId].some((one) => output.includes(` ${one}\n`) || output.includes(`,${one}\n`));
}
