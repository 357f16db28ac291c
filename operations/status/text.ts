import { minuteOf } from "../context/age.ts";
import { columns } from "../context/columns.ts";
import { type PartTimes, agesLine } from "./ages.ts";
import { type StatusJudgement, type StatusParts, partNames } from "./judgement.ts";
import { linesOf } from "./lines.ts";
import type { Status } from "./status.ts";

const labels: Readonly<Record<keyof StatusParts, string>> = {
  running: "Runs",
  endpoints: "Endpoints",
  serviceLevels: "Levels",
  instances: "Instances",
  databases: "Databases",
  uptime: "Uptime",
  secrets: "Secrets",
  drift: "Drift",
  data: "Data",
  storage: "Storage",
  locks: "Locks",
  releases: "Releases",
};

/**
 * An environment at a glance, for a terminal: one screen, with what is wrong at its end.
 *
 * @param times when parts were asked for that are shown from memory, as a watch does.
 */
export function renderStatus(
  status: Status,
  { problems, warnings }: StatusJudgement,
  times: PartTimes = {},
): string {
  const ages = agesLine(times, labels, new Date(status.at));
  return [
    `${status.environment}, ${minuteOf(status.at)}`,
    "",
    ...columns(partNames.flatMap((name) => section(status, name))),
    ...(ages === undefined ? [] : [ages]),
    "",
    ...problems.map((problem) => `✗ ${problem}`),
    ...warnings.map((warning) => `! ${warning}`),
    ...(problems.length === 0 ? [`${status.environment} is well.`] : []),
    "",
  ].join("\n");
}

function section<Name extends keyof StatusParts>(status: Status, name: Name): string[][] {
  const part = status[name];
  // TypeScript does not follow that a part, its value and its lines belong together.
  const lines =
    part.state === "known"
      ? linesOf[name](part.value as StatusParts[Name], new Date(status.at))
      : [`${part.state === "no answer" ? "✗" : "–"} ${part.state}: ${part.reason}`];
  return lines.map((line, index) => [index === 0 ? labels[name] : "", line]);
}
