import type { HcpRunState, HcpRuns } from "@mam-infra/clients/hcp/runs";
import { progressOf } from "../messages.ts";
import type { Heard } from "../saved-plan.ts";
import { messagesIn } from "./run-log.ts";

/** Tells what an apply prints, each message once. To be called again and again while it goes on. */
export function hearing(runs: HcpRuns, { tell, locked = () => undefined }: Heard) {
  let heard = 0;
  return async ({ status, applyId }: HcpRunState): Promise<void> => {
    if (status !== "applying") return;
    const messages = messagesIn(await runs.log("applies", applyId));
    for (const message of messages.slice(heard)) {
      if (message.type === "apply_start") locked();
      const progress = progressOf(message);
      if (progress !== undefined) tell(progress);
    }
    heard = messages.length;
  };
}
