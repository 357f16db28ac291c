import { z } from "zod";

import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { HcpError } from "../errors.ts";
import { actionsOf } from "../runs/documents.ts";
import type { Run } from "../runs/model.ts";
import type { Runner } from "../runs/runner.ts";
import { runById } from "./runs.ts";

/** A comment, which is not kept here. */
const body = z.strictObject({ comment: z.string().optional() }).optional();

function action(
  name: "apply" | "discard" | "cancel",
  may: keyof ReturnType<typeof actionsOf>,
  act: (runner: Runner, run: Run) => void,
): HcpEndpoint {
  return endpoint({
    method: "POST",
    path: `/runs/:id/actions/${name}`,
    body,
    handle: ({ store, runner, parameters: { id } }) => {
      const run = runById(store, id);
      if (!actionsOf(run)[may])
        throw new HcpError(409, `transition not allowed from ${run.status}`);
      act(runner, run);
      return { status: 202 };
    },
  });
}

/** What is done with a run: confirmed, thrown away while it waits, or ended while it works. */
export const runActionEndpoints: readonly HcpEndpoint[] = [
  action("apply", "is-confirmable", (runner, run) => {
    runner.confirm(run);
  }),
  action("discard", "is-discardable", (runner, run) => {
    runner.discard(run);
  }),
  action("cancel", "is-cancelable", (runner, run) => {
    runner.cancel(run);
  }),
];
