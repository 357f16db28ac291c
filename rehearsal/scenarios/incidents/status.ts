import { z } from "zod";

import type { IncidentStage } from "./incident.ts";

const statusSchema = z.object({
  ok: z.boolean(),
  problems: z.array(z.string()),
});

/** What `mam status` says is wrong, a sentence each. */
export async function problemsOf({
  sealedMam,
}: Pick<IncidentStage, "sealedMam">): Promise<readonly string[]> {
  const { stdout, log } = await sealedMam.run("status", "--json");
  const parsed = statusSchema.safeParse(JSON.parse(stdout));
  if (!parsed.success) throw new Error(`mam status said something else, see ${log}`);
  return parsed.data.problems;
}
