import type { DigitalOcean } from "@mam-infra/clients/digitalocean";

import type { Restore } from "../../../operations/ledger/restores.ts";
import { takeSteps } from "../../../operations/restore/switch/steps.ts";
import { silent } from "../../support/deploying.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";

test("a move that is interrupted begins no step any more", async () => {
  const told: string[] = [];
  const session = aSession({
    ...{ environment: anEnvironment(), project: "/project", clients: {} },
    interruption: AbortSignal.abort(),
  });
  const output = { ...session.output, tell: (text: string) => void told.push(text) };
  const nothing = () => Promise.reject(new Error("a step was begun"));
  const moved = takeSteps({
    session: { ...session, output },
    restore: { done: ["cluster"] } as unknown as Restore,
    tools: { confirm: nothing, deploy: nothing },
    progress: silent,
  });

  await expect(moved).rejects.toThrow("step data was not begun");
  expect(told).toEqual([]);
});

test.each([
  [
    "gone",
    [],
    "the cluster mam-other is not there, expected online\n  fix: give the move up: mam restore <environment> database --switch --give-up",
  ],
  [
    "being made",
    [{ id: "1", name: "mam-other", engine: "pg", status: "creating" }],
    "the cluster mam-other is creating, expected online\n  fix: the same line again, once it is",
  ],
])(
  "a move to a cluster that is %s waits for nobody, and says how to go on",
  async (_, databases, refusal) => {
    const call = () => Promise.resolve({ databases });
    const session = aSession({
      ...{ environment: anEnvironment(), project: "/project" },
      clients: { digitalOcean: () => ({ call }) as unknown as DigitalOcean },
    });
    const nothing = () => Promise.reject(new Error("a step was ended"));
    const restore = { done: [], point: { kind: "cluster" }, cluster: { name: "mam-other" } };
    const moved = takeSteps({
      ...{ session, restore: restore as unknown as Restore },
      ...{ tools: { confirm: nothing, deploy: nothing }, progress: silent },
    });

    await expect(moved).rejects.toThrow(refusal);
  },
);
