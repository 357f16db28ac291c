import { throwIfAborted } from "@mam-infra/clients/abort";

import type { Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { InsightsChange, PlannedChange, Sent } from "./change.ts";

/** What a change is called while it is made. */
const doing: Readonly<Record<InsightsChange["action"], string>> = {
  create: "making",
  update: "changing",
  delete: "deleting",
};

/**
 * Makes changes in their order: a channel before the rules that tell it.
 *
 * @param channelId the channel that rules tell, where it stands.
 * @throws DigitalOceanError when the API refuses one; AbortError when the command is interrupted. What was made before stays,
 * and the next apply goes on from there.
 */
export async function sendChanges(
  session: Session,
  changes: readonly PlannedChange[],
  channelId: string | undefined,
  tell: Tell,
): Promise<void> {
  const api = session.clients.digitalOcean();
  const sent: Sent = { channelId };
  for (const { what, name, action, send } of changes) {
    throwIfAborted(session.interruption, "the rest of Insights was not changed");
    tell(`${doing[action]} the ${what} ${name}`);
    await send(api, sent);
  }
}
