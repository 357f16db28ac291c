import { z } from "zod";

import { serviceLevelEndpoints } from "../../../constructs/monitoring/public-endpoints.ts";
import { Browser } from "../../platform/people/browser.ts";
import { Ledger } from "../../platform/people/ledger.ts";
import type { Stage } from "../media/stage.ts";

/** A service that says how its objectives stand. */
export type PublicService = keyof ReturnType<typeof serviceLevelEndpoints>;

const levelsSchema = z.object({
  status: z.enum(["met", "missed"]),
  objectives: z.array(
    z.object({
      name: z.string(),
      value: z.number().nullable(),
      threshold: z.number(),
      unit: z.string(),
      met: z.boolean(),
      since: z.iso.datetime().optional(),
    }),
  ),
});

/** An objective as a service says it. */
export type SeenObjective = z.infer<typeof levelsSchema>["objectives"][number];

/** What a service answers about its levels. */
export interface SeenLevels {
  /** HTTP status; 0 when nothing answers. */
  readonly status: number;
  readonly missed: readonly SeenObjective[];
}

/** The address that looks at levels: no other person has it. */
const observer = 40;

/** Looks at the levels of a service, as anybody on the internet may. */
export async function lookAtLevels(
  { cloud, place }: Pick<Stage, "cloud" | "place">,
  service: PublicService,
): Promise<SeenLevels> {
  const { digitalOcean, environment } = cloud;
  const address = serviceLevelEndpoints(environment.config)[service];
  const browser = new Browser(new Ledger(), observer);
  try {
    const url = digitalOcean.programs.names.toLocal(address);
    const headers = { origin: place.app };
    const { status, body } = await browser.ask({ what: "service levels", url, headers });
    const levels = status === 200 || status === 503 ? read(body.toString()) : undefined;
    return { status, missed: levels?.objectives.filter(({ met }) => !met) ?? [] };
  } finally {
    await browser.close();
  }
}

/** Undefined for an answer of the platform itself, which is no JSON. */
function read(text: string): z.infer<typeof levelsSchema> | undefined {
  try {
    return levelsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
