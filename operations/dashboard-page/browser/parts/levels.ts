import type { SectionViews } from "../../board.ts";
import { minuteOf } from "../../../context/age.ts";
import type { ObjectiveStatus, ServiceLevelStatus } from "../../../platform/service-levels.ts";
import { type Content, el, quiet, rows, sign } from "../dom.ts";

const units: Readonly<Record<string, string>> = {
  percent: " %",
  milliseconds: " ms",
  seconds: " s",
  hours: " h",
};

/** Objectives that say how the queue is. */
const ofQueue: Readonly<Record<string, string>> = {
  "oldest-job": "oldest job",
  "failed-jobs": "failed jobs",
  "dead-letters": "given up",
};

function valueOf({ value, threshold, unit, met, since, off }: ObjectiveStatus): Content {
  if (off !== undefined) return `off: ${off}`;
  const missed = met || since === undefined ? "" : `, since ${minuteOf(since)}`;
  if (unit === "reachable") return `${met ? "reached" : "not reached"}${missed}`;
  const sign = units[unit] ?? "";
  return `${value === null ? "nothing to measure" : `${value}${sign}`}, at most ${threshold}${sign}${missed}`;
}

function objectiveRows(objectives: readonly ObjectiveStatus[], name: (one: string) => string) {
  return rows(
    objectives.map((one) => ({
      mood:
        one.off !== undefined || (one.met && one.value === null)
          ? "unknown"
          : one.met
            ? "well"
            : "bad",
      name: name(one.name),
      text: valueOf(one),
    })),
  );
}

/** What each public service says of its objectives, but for those of the queue. */
export function levelsPart({ serviceLevels }: SectionViews): Content {
  return (serviceLevels.value ?? []).map((level) =>
    el("div", { class: "level" }, ofService(level)),
  );
}

function ofService({
  service,
  status,
  reason,
  objectives,
  isOfAll,
  maintained,
}: ServiceLevelStatus): Content {
  const rest = (objectives ?? []).filter(({ name }) => ofQueue[name] === undefined);
  const mood = !objectives ? "unknown" : rest.every(({ met }) => met) ? "well" : "bad";
  const note = maintained
    ? " (the maintenance page is shown)"
    : isOfAll || !objectives
      ? ""
      : " (of one instance)";
  return [
    el("h3", {}, sign(mood), ` ${service}${note}`),
    objectives
      ? objectiveRows(rest, (name) => name)
      : quiet(`${status ?? reason ?? "no answer"}: it says nothing of service levels`),
  ];
}

/** The queue, as the API's objectives tell it. */
export function queuePart({ serviceLevels }: SectionViews): Content {
  const api = serviceLevels.value?.find(({ service }) => service === "api");
  const own = api?.objectives?.filter(({ name }) => ofQueue[name] !== undefined) ?? [];
  if (own.length === 0) return quiet("The API tells nothing of the queue now.");
  return objectiveRows(own, (name) => ofQueue[name] ?? name);
}
