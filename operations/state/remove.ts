import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { environmentLeftovers } from "../leftovers/environment-leftovers.ts";
import type { Leftover } from "../leftovers/leftovers.ts";
import { stacksWithLeftovers } from "../leftovers/stray-machines.ts";

/**
 * `mam state remove`: deletes a left-over that no state can know. What is in a state, and a key that the app runs with,
 * is never one.
 */
export async function removeLeftover(
  session: Session,
  { operands: [address = "", id = ""] }: { readonly operands: readonly string[] },
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const found = await progress.step("looking for what no state knows", () =>
    stacksWithLeftovers(session).then((stacks) => environmentLeftovers(session, stacks)),
  );
  const leftover = found.find((one) => isMeant(one, address, id));
  const { type, standing, read, way } = leftover ?? {};
  if (!type?.remove || !standing || !read || way !== "remove") {
    throw new NotConfigured(
      `${id} is nothing of ${address} that may be deleted: it is in a state, in use, or not there. Nothing was changed.\n  fix: mam doctor ${name}`,
    );
  }
  const { remove } = type;
  await progress.step(`deleting the ${type.noun} ${standing.name}`, () =>
    remove(session.clients, standing, read),
  );
  const text = `deleted the ${type.noun} ${standing.name}\n`;
  return { ok: true, data: { environment: name, removed: address, id }, text };
}

function isMeant({ resource, standing }: Leftover, address: string, id: string): boolean {
  return resource.address === address && (standing.importId ?? standing.id) === id;
}
