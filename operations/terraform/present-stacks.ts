import type { Session } from "../context/session.ts";
import { managedIn } from "./managed.ts";
import { type AnyStack, anyStacks, possibleStacks, stackKinds } from "./stack-kinds.ts";
import { readState } from "./states.ts";

/**
 * The stacks that an environment has: that of machines with a card where some are asked for, or where its state still has
 * anything.
 *
 * @throws NotConfigured without the credentials of the states' place, where nobody asks for machines.
 */
export async function presentStacks(session: Session): Promise<readonly AnyStack[]> {
  const { config } = session.environment;
  if (config.services.worker.gpu) return anyStacks;
  if (!possibleStacks(config).includes("gpu")) return stackKinds;
  const text = await readState(session, "gpu");
  return text !== undefined && managedIn(text).length > 0 ? anyStacks : stackKinds;
}
