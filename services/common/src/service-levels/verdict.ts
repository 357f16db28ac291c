import { z } from "zod";

/** A value beside its objective. */
export interface Measure {
  readonly name: string;
  /** Undefined when there is nothing to measure. */
  readonly value: number | undefined;
  readonly threshold: number;
  readonly unit: string;
  /** Whether the threshold is the least that is allowed; default: the most. */
  readonly isLeast?: boolean;
  /** How many things were measured, and from how many on they are judged. */
  readonly of?: { readonly count: number; readonly least: number };
  /** Why it is not judged at all. */
  readonly off?: string;
}

/** An objective as it is told; docs/service-levels.md describes it. */
export const objectiveSchema = z.object({
  name: z.string(),
  value: z.number().nullable(),
  threshold: z.number(),
  unit: z.string(),
  count: z.number().optional(),
  met: z.boolean(),
  since: z.iso.datetime().optional(),
  off: z.string().optional(),
});

/** The answer of a service about its levels. */
export const serviceLevelsSchema = z.object({
  status: z.enum(["met", "missed"]),
  service: z.string(),
  objectives: z.array(objectiveSchema),
  instances: z.enum(["all", "this one"]),
  windowSeconds: z.number(),
  at: z.iso.datetime(),
});

/** An objective as it is told. */
export type Objective = z.output<typeof objectiveSchema>;

/** The answer of a service about its levels. */
export type ServiceLevels = z.output<typeof serviceLevelsSchema>;

/** Since when objectives are missed, by their names: times of ISO 8601. */
export type Since = Readonly<Record<string, string>>;

/** Whether a value is as it should be. What is not measured, or too seldom to say, is never missed. */
export function isMet({ value, threshold, isLeast, of, off }: Measure): boolean {
  if (off !== undefined || value === undefined) return true;
  if (of !== undefined && of.count < of.least) return true;
  return isLeast ? value >= threshold : value <= threshold;
}

/** What a verdict is about. */
export interface Judged {
  readonly service: string;
  readonly measures: readonly Measure[];
  readonly instances: ServiceLevels["instances"];
  readonly windowSeconds: number;
}

/**
 * Judges what was measured.
 *
 * @param since when what is missed began to be, as far as it is known: what is missed newly is missed since now.
 */
export function judge(
  { measures, ...rest }: Judged,
  since: Since,
  now: Date,
): Readonly<ServiceLevels> {
  const at = now.toISOString();
  const objectives = measures.map((measure): Objective => {
    const { name, value, threshold, unit, of, off } = measure;
    const met = isMet(measure);
    return {
      name,
      value: value === undefined ? null : rounded(value),
      threshold,
      unit,
      ...(of && { count: of.count }),
      met,
      ...(!met && { since: since[name] ?? at }),
      ...(off !== undefined && { off }),
    };
  });
  const status = objectives.every(({ met }) => met) ? "met" : "missed";
  return { status, ...rest, objectives, at };
}

/** Since when objectives are missed, after a verdict: what is met is forgotten. */
export function sinceOf({ objectives }: Pick<ServiceLevels, "objectives">): Since {
  return Object.fromEntries(
    objectives.flatMap(({ name, since }) => (since ? [[name, since]] : [])),
  );
}

/** Two decimals: enough to see by how much an objective is missed. It is judged before it is rounded. */
const rounded = (value: number) => Math.round(value * 100) / 100;
