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
