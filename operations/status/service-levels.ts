import { minuteOf } from "../context/age.ts";
import {
  type ObjectiveStatus,
  type ServiceLevelStatus,
  hasNone,
} from "../platform/service-levels.ts";

/**
 * What is wrong: every objective that is missed, and an address that is not there. A service that does not answer at all
 * is said by its endpoint.
 */
export function serviceLevelProblems(levels: readonly ServiceLevelStatus[]): string[] {
  return levels
    .filter(({ maintained }) => maintained !== true)
    .flatMap((level) => {
      const { service, status = 0, objectives = [] } = level;
      if (hasNone(level))
        return [`the service levels of ${service} answer ${status}: docs/service-levels.md`];
      return objectives
        .filter(({ met }) => !met)
        .map((objective) => missedSentence(service, objective));
    });
}

/** An objective that is missed, as a sentence: `api misses error-rate: 3.2 percent, at most 1`. */
export function missedSentence(service: string, objective: ObjectiveStatus): string {
  return `${service} misses ${objective.name}: ${missed(objective)}`;
}

function missed({ value, threshold, unit, since }: ObjectiveStatus): string {
  const when = since === undefined ? "" : `, since ${minuteOf(since)}`;
  if (unit === "reachable") return `it cannot be reached${when}`;
  return `${value ?? "nothing"} ${unit}, at most ${threshold}${when}`;
}

const shortUnits: Readonly<Record<string, string>> = {
  percent: " %",
  milliseconds: " ms",
  seconds: " s",
  hours: " h",
};

/** A service's name and its objectives with their values, as cells of a row. */
export function serviceLevelRow(level: ServiceLevelStatus): string[] {
  const { service, status, objectives, isOfAll, maintained } = level;
  if (!objectives) {
    const isThere = status === undefined || status < 300 || status >= 500 || maintained;
    return [`${isThere ? "–" : "✗"} ${service}`, `${status ?? "---"}, no values`];
  }
  const shown = objectives.filter(({ off, unit, met }) => !off && (unit !== "reachable" || !met));
  const mark = objectives.every(({ met }) => met) ? "✓" : "✗";
  const rest = isOfAll ? "" : "; of one instance";
  return [`${mark} ${service}`, `${shown.map(valueText).join(", ")}${rest}`];
}

function valueText({ name, value, threshold, unit, met }: ObjectiveStatus): string {
  const sign = met ? "" : "✗ ";
  if (unit === "reachable") return `${sign}${name} away`;
  return `${sign}${name} ${value ?? "–"} of ${threshold}${shortUnits[unit] ?? ""}`;
}
