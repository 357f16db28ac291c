import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";

import { resourceName } from "../../../../../constructs/naming.ts";
import type { Session } from "../../../../../operations/context/session.ts";
import { anEnvironment } from "../../../../support/environments.ts";

/** A query over a time as it was asked. */
interface Asked {
  readonly region: string;
  readonly query: string;
}

/** What is answered to one: a series for each of its lines, none, or a status. */
type Answer = "all" | "nothing" | number;

/** Insights that answers as a test says, and notes what it was asked. */
export interface World {
  readonly asked: Asked[];
  readonly answer: (asked: Asked) => Answer;
}

/** Insights whose answers depend on the question. */
export function answersOf(answer: World["answer"]): World {
  return { asked: [], answer };
}

const sample = [1_796_000_000, "1"] as const;

function seriesOf({ query }: Asked) {
  const numbers = [...query.matchAll(/"mam_line", "(\d+)"/g)].map(([, number = ""]) => number);
  const own = numbers.length > 0 ? numbers.map((number) => ({ mam_line: number })) : [{}];
  return own.map((labels) => ({ metric: { app_component: "api", ...labels }, values: [sample] }));
}

function queried(world: World, asked: Asked) {
  world.asked.push(asked);
  const answer = world.answer(asked);
  if (typeof answer === "number") {
    const call = { method: "GET", path: "/v2/insights/query", status: answer, attempts: 1 };
    throw new DigitalOceanError(call, "refused");
  }
  return { data: { result: answer === "all" ? seriesOf(asked) : [] } };
}

/** A session of an environment that stands, on such an Insights. */
export function aSession(world: World): Session {
  const environment = anEnvironment();
  const named = (noun?: string) => resourceName(environment.config, noun);
  const lists: Readonly<Record<string, object>> = {
    listApps: { apps: [{ id: "app-1", spec: { name: named() }, created_at: "2026-11-01" }] },
    listDatabases: {
      databases: [named("postgres"), named("valkey")].map((name) => ({ id: name, name })),
    },
  };
  const call = (
    name: string,
    { region = "" }: { region?: string },
    { query }: { query?: { query?: string } } = {},
  ) =>
    Promise.resolve().then(
      () => lists[name] ?? queried(world, { region, query: query?.query ?? "" }),
    );
  const clients = { digitalOcean: () => ({ call }) };
  return { environment, clients, endpoints: {} } as unknown as Session;
}
