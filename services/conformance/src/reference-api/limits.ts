import { type Statement, statementsOf } from "../statement.ts";
import { ask, headerOf, unless } from "../tools/ask.ts";
import type { World } from "../world.ts";
import { apiNeeds } from "./needs.ts";
import { Person } from "./person.ts";

async function limited(world: World) {
  const limit = world.target.limits.api ?? 0;
  const instances = world.target.addresses.api;
  const client = world.aClient();
  const asked = Array.from({ length: limit + 4 }, (_, index) =>
    ask(instances[index % instances.length] ?? "", "/api/session", { client }),
  );
  const answers = await Promise.all(asked);
  const served = answers.filter(({ status }) => status !== 429).length;
  const refused = answers.filter(({ status }) => status === 429);
  const other = await ask(instances[0] ?? "", "/api/session", { client: world.aClient() });
  return [
    served !== limit && `${served} requests of one address were served, RATE_LIMIT_MAX is ${limit}`,
    refused.some((answer) => headerOf(answer, "retry-after") === "") && "429 without Retry-After",
    other.status === 429 && "another address is refused too",
  ];
}

async function signIns(world: World) {
  const person = new Person(world);
  const body = { email: `${world.run}@example.com`, password: "a guess" };
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 11; attempt += 1)
    statuses.push((await person.call("POST", "/api/session", { body })).status);
  return [
    statuses.slice(0, 10).some((status) => status !== 401) &&
      `the first ten: ${statuses.join(" ")}`,
    unless(429, { status: statuses[10] ?? 0 }, "the eleventh attempt at an account"),
  ];
}

/** Limits of the reference API. */
export const limitStatements: readonly Statement[] = [
  statementsOf("reference api", "docs/environment-variables.md", [
    "two instances of the api",
    "limit of the api",
  ])({
    id: "api-limit",
    statement:
      "an address gets RATE_LIMIT_MAX answers within the window from all instances together",
    words: "Requests for each client address within the window.",
    check: limited,
  }),
  statementsOf(
    "reference api",
    "services/api/README.md",
    apiNeeds,
  )({
    id: "api-sign-ins",
    statement: "an account can be tried ten times a minute from an address",
    words: "A sign-in is tried ten times a minute for each account and address.",
    check: signIns,
  }),
];
