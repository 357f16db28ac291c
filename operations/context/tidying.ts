import { setTimeout } from "node:timers/promises";

import type { Clients } from "./clients.ts";
import type { Session } from "./session.ts";

/** How long somebody who has interrupted a command waits for it to tidy up, in milliseconds. */
const grace = 500;

/**
 * Removes what a command wrote only to try something. After an interruption it is given a moment; what is left then
 * harms nobody, and says what it is.
 */
export async function tidy(
  { interruption, clients }: Session,
  remove: (connections: Clients) => Promise<unknown>,
): Promise<void> {
  if (!interruption.aborted) {
    await remove(clients);
    return;
  }
  await Promise.race([remove(clients.finishing()), setTimeout(grace)]);
}
