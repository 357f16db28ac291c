import { z } from "zod";

import { serviceLevelEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { minuteOf } from "../context/age.ts";
import type { Internet } from "../context/internet.ts";
import { reasonOf } from "../verify/reason.ts";

/** The answer of a service as docs/service-levels.md has it; what is not needed here is let through. */
const answerSchema = z.object({
  instances: z.string(),
  objectives: z.array(
    z.object({
      name: z.string(),
      value: z.number().nullable(),
      threshold: z.number(),
      unit: z.string(),
      met: z.boolean(),
      since: z.string().optional(),
      off: z.string().optional(),
    }),
  ),
});

/** An objective and how it stands. */
export type ObjectiveStatus = z.output<typeof answerSchema>["objectives"][number];

/** What a service says of its objectives. */
export interface ServiceLevelStatus {
  readonly service: string;
  readonly address: string;
  /** HTTP status; undefined when nothing answers. */
  readonly status: number | undefined;
  /** Why nothing answers. */
  readonly reason?: string;
  /** Undefined when the answer is not one of service levels, as of an image that has none. */
  readonly objectives: readonly ObjectiveStatus[] | undefined;
  /** Whether it speaks for all of its instances. */
  readonly isOfAll: boolean;
  /** Whether the app shows its maintenance page, so that no answer is expected. */
  readonly maintained?: boolean;
}

/** Asks every public service how its objectives stand, as the checks from outside do. */
export function serviceLevelStatuses(
  internet: Internet,
  config: EnvironmentConfig,
  maintained: boolean,
): Promise<ServiceLevelStatus[]> {
  return Promise.all(
    Object.entries(serviceLevelEndpoints(config)).map(async ([service, address]) => {
      const answer = await internet.read(address).then(
        ({ status, body }) => ({ status, ...read(body) }),
        (error: unknown) => ({ status: undefined, reason: reasonOf(error), ...read("") }),
      );
      return { service, address, ...answer, ...(maintained ? { maintained } : {}) };
    }),
  );
}

function read(body: string): Pick<ServiceLevelStatus, "objectives" | "isOfAll"> {
  const answer = answerSchema.safeParse(parsed(body));
  return answer.success
    ? { objectives: answer.data.objectives, isOfAll: answer.data.instances === "all" }
    : { objectives: undefined, isOfAll: false };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A page, or half an answer: it says nothing of objectives.
    return undefined;
  }
}

/**
 * What is wrong: every objective that is missed, and an address that is not there. A service that does not answer at all
 * is said by its endpoint.
 */
export function serviceLevelProblems(levels: readonly ServiceLevelStatus[]): string[] {
  return levels
    .filter(({ maintained }) => maintained !== true)
    .flatMap(({ service, status = 0, objectives }) => {
      if (!objectives)
        return status >= 300 && status < 500
          ? [`the service levels of ${service} answer ${status}: docs/service-levels.md`]
          : [];
      return objectives
        .filter(({ met }) => !met)
        .map((objective) => `${service} misses ${objective.name}: ${missed(objective)}`);
    });
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
