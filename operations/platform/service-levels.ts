import { z } from "zod";

import { serviceLevelEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { CheckSkipped, type Violation } from "../context/check.ts";
import type { Internet } from "../context/internet.ts";
import { reasonOf } from "../context/reason.ts";

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

/** @throws CheckSkipped with the environment's reason, where its images have no service levels. */
export function skipWhereOff({ monitoring }: EnvironmentConfig): void {
  const { enabled, disabledReason = "" } = monitoring.objectives;
  if (!enabled) throw new CheckSkipped(`service levels are switched off: ${disabledReason}`);
}

/**
 * Asks every public service how its objectives stand, as the checks from outside do.
 *
 * @throws CheckSkipped with the environment's reason, where its images have no service levels.
 */
export async function serviceLevelStatuses(
  internet: Internet,
  config: EnvironmentConfig,
  maintained: boolean,
): Promise<ServiceLevelStatus[]> {
  skipWhereOff(config);
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

/** Whether an image has no service levels: it answers, and as if there were no such address. */
export const hasNone = ({ objectives, status = 0 }: ServiceLevelStatus): boolean =>
  !objectives && status >= 300 && status < 500;

/** What mends an image that has none. */
export const withoutLevels =
  "let the image answer as docs/service-levels.md says, or set monitoring.objectives.enabled: false with a reason";

/** The services whose images have no service levels, though checks from outside ask for them. */
export function unservedLevels(levels: readonly ServiceLevelStatus[]): Violation[] {
  return levels.filter(hasNone).map(({ service, address, status = 0 }) => ({
    resource: `the service levels of ${service}`,
    expected: `${address} answers 200 or 503 with its objectives`,
    found: String(status),
  }));
}
