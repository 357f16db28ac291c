import { type Statement, statementsOf } from "../statement.ts";
import type { Service } from "../target.ts";
import { jsonOf, unless } from "../tools/ask.ts";
import type { World } from "../world.ts";

/** Path of each service's health endpoint, by default (docs/configuration.md). */
export const healthPaths = {
  frontend: "/api/health",
  api: "/api/health",
  worker: "/health",
  edge: "/health",
} as const satisfies Record<Service, string>;

async function isWell(world: World, service: Service) {
  const answer = await world.ask(service, healthPaths[service]);
  const { release } = (jsonOf(answer) ?? {}) as { release?: unknown };
  const { RELEASE_DIGEST: expected } = world.target.variables;
  return [
    unless(200, answer, healthPaths[service]),
    release === undefined &&
      `expected { "release": … }, answered ${answer.body.toString().slice(0, 200)}`,
    expected !== undefined &&
      release !== expected &&
      `release: expected ${expected}, answered ${String(release)}`,
  ];
}

/** That a service says that it is well, and which release it is. */
export const healthOf = (service: Service): Statement =>
  statementsOf(service, "docs/processes.md", [service])({
    id: `${service}-health`,
    statement: "the health endpoint answers 200 and names the release",
    words: "answers 200 while the instance can do its work, and names the release",
    check: (world) => isWell(world, service),
  });
