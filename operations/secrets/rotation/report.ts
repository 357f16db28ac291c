import type { Environment } from "../../../environments/loading/load.ts";
import { type SlottedName, otherSlot } from "../../../environments/schema/rotation.ts";
import { minuteOf } from "../../context/age.ts";
import { administratorChange } from "./administrator.ts";
import { keepingOf, retirementTime } from "./keeping.ts";
import { contentOf } from "./names.ts";
import type { RotationStep } from "./plan.ts";

/** Where a secret stands. */
export interface RotationStanding {
  readonly name: SlottedName;
  readonly active: string;
  /** `at rest`, or the stage that its rotation is in. */
  readonly stage: string;
  /** What was replaced and is still accepted. */
  readonly kept?: string;
  /** When that may be retired, and why not before. */
  readonly retireAfter?: string;
  readonly because?: string;
}

/** Where secrets stand, as the files say. */
export function standingsOf(
  { config, rotation }: Environment,
  names: readonly SlottedName[],
): RotationStanding[] {
  return names.map((name) => {
    const { active, rotation: underWay } = rotation[name];
    const standing = { name, active: contentOf(config, name, active) };
    if (underWay?.stage !== "wait") return { ...standing, stage: underWay?.stage ?? "at rest" };
    return {
      ...standing,
      stage: "wait",
      kept: contentOf(config, name, otherSlot(active)),
      retireAfter: retirementTime(name, config, underWay.switched).toISOString(),
      because: keepingOf(name, config).because,
    };
  });
}

/**
 * Steps for a person to agree to.
 *
 * @param administrator whether the administrator of PostgreSQL gets a new password besides.
 */
export function renderSteps(
  environment: string,
  steps: readonly RotationStep[],
  administrator: boolean,
): string {
  const reset = administrator ? ["at once", `  changes ${administratorChange}`] : [];
  const lines = steps.flatMap(({ stage, changes, deploys }) => [
    `${stage}${deploys ? ", with a deployment" : ""}`,
    ...changes.map((change) => `  changes ${change}`),
  ]);
  return `Rotation in ${environment}:\n${[...reset, ...lines].map((line) => `  ${line}\n`).join("")}`;
}

/**
 * Standings for a terminal, with the command that comes next.
 *
 * @param words what the person named, to be named again once all of it may be retired.
 */
export function renderStandings(
  environment: string,
  standings: readonly RotationStanding[],
  words: readonly string[],
): string {
  const lines = standings.map((standing) => renderStanding(environment, standing));
  const times = standings.flatMap(({ retireAfter }) => retireAfter ?? []).toSorted();
  const last = times.at(-1);
  if (times.length < 2 || last === undefined) return lines.join("");
  const command = `mam secrets rotate ${environment} ${words.join(" ")} --retire`;
  return `${lines.join("")}All of them together, after ${minuteOf(last)}: ${command}\n`;
}

function renderStanding(
  environment: string,
  { name, active, stage, kept, retireAfter = "", because = "" }: RotationStanding,
): string {
  const command = `mam secrets rotate ${environment} ${name}`;
  if (stage === "at rest") return `${name}: ${active} is in use, and no rotation is under way.\n`;
  if (stage !== "wait") return `${name}: stage ${stage} is not finished. Next: ${command}\n`;
  return [
    `${name}: ${active} is in use, and ${kept ?? ""} is still accepted.`,
    `  retire it  after ${minuteOf(retireAfter)}, because ${because}`,
    `  then       ${command} --retire`,
    "",
  ].join("\n");
}
