import { z } from "zod";

import { type Statement, statementsOf } from "../statement.ts";
import type { Service } from "../target.ts";
import { headerOf, jsonOf } from "../tools/ask.ts";
import type { World } from "../world.ts";

/** Where each public service tells its levels, and the objectives that it has to name. */
const services = {
  frontend: { path: "/service-levels", objectives: ["error-rate"] },
  api: { path: "/api/service-levels", objectives: ["error-rate", "p95"] },
  edge: { path: "/service-levels", objectives: ["error-rate", "first-byte"] },
} as const;

type PublicService = keyof typeof services & Service;

const answerSchema = z.object({
  status: z.enum(["met", "missed"]),
  service: z.string(),
  instances: z.enum(["all", "this one"]),
  windowSeconds: z.number(),
  at: z.iso.datetime(),
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

async function shape(world: World, service: PublicService) {
  const { path, objectives } = services[service];
  const answer = await world.ask(service, path);
  const read = answerSchema.safeParse(jsonOf(answer));
  if (!read.success) {
    const where = read.error.issues.map((issue) => issue.path.join("."));
    return [`${path} answered ${answer.status} without ${where.join(", ") || "service levels"}`];
  }
  const { data } = read;
  const expected = data.status === "met" ? 200 : 503;
  const names = data.objectives.map(({ name }) => name);
  const isMissed = data.objectives.some(({ met }) => !met);
  return [
    answer.status !== expected && `it is ${data.status}, and answered ${answer.status}`,
    (data.status === "missed") !== isMissed && "its status is not that of its objectives",
    data.service !== service && `it calls itself ${data.service}`,
    ...objectives.map((name) => !names.includes(name) && `it has no objective ${name}`),
    ...data.objectives.map(
      ({ name, met, since }) => !met && since === undefined && `${name} is missed since nothing`,
    ),
    headerOf(answer, "cache-control") !== "no-store" && "the answer may be kept",
  ];
}

/** What a public service says of its objectives. */
export const levelsOf = (service: PublicService): Statement =>
  statementsOf(service, "docs/service-levels.md", [service])({
    id: `${service}-levels`,
    statement: "it says whether its objectives hold, with their values and thresholds",
    words: "200 while every objective is met, 503 otherwise",
    check: (world) => shape(world, service),
  });
