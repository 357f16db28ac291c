import { setTimeout } from "node:timers/promises";

import type { Connections } from "./connections.ts";
import type { Session } from "./session.ts";

/** How long somebody who has interrupted a command waits for it to tidy up, in milliseconds. */
const grace = 500;

/**
 * Removes what a command wrote only to try something. After an interruption it is given a moment; what is left then
 * harms nobody, and says what it is.
 */
export async function tidy(
  { interruption, connections }: Session,
  remove: (connections: Connections) => Promise<unknown>,
): Promise<void> {
  if (!interruption.aborted) {
    await remove(connections);
    return;
  }
  await Promise.race([remove(connections.finishing()), setTimeout(grace)]);
}
