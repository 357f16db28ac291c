import type { Session } from "../context/session.ts";
import { runningApp, storageKeyIds } from "../platform/running-app.ts";
import { readState } from "../terraform/states.ts";
import { type StackFolder, synthesiseStack } from "../terraform/synthesis.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import { declaredIn } from "./declared.ts";
import { type Leftover, findLeftovers } from "./leftovers.ts";
import { platformsOf } from "./platforms.ts";
import { recordedIn } from "./recorded.ts";
import { strayMachines } from "./stray-machines.ts";

/**
 * What stands under the names of an environment's stacks, is in none of their states, and is not taken over by the next
 * deployment.
 *
 * An access key that the app runs with is no left-over: a deployment removes it when the app has another.
 *
 * @param parts the stacks that are looked at.
 * @throws NotConfigured where HCP Terraform keeps the states.
 */
export async function environmentLeftovers(
  session: Session,
  parts: readonly AnyStack[],
): Promise<Leftover[]> {
  const found = (await leftoversIn(session, parts)).filter((one) => !isImported(session, one));
  if (!found.some(({ type: { type } }) => type === "aws_iam_access_key")) return found;
  const app = await runningApp(session);
  const used = new Set(app ? Object.values(storageKeyIds(app.spec)) : []);
  return found.filter(({ standing: { id } }) => !used.has(id));
}

/** Whether an import block names it: the next deployment makes it known to the state. */
function isImported(
  { environment: { imports } }: Session,
  { resource: { address }, standing: { id, importId = id } }: Leftover,
): boolean {
  return Object.values(imports ?? {}).some((ids) => ids[address] === importId);
}

async function leftoversIn(session: Session, parts: readonly AnyStack[]) {
  const stacks: StackFolder[] = [];
  for (const part of parts) stacks.push(await synthesiseStack(session, part));
  const texts = await Promise.all(parts.map((part) => readState(session, part)));
  const stray = parts.includes("gpu") ? strayMachines(session.environment.config) : [];
  return findLeftovers({
    declared: [...declaredIn(stacks), ...stray],
    recorded: recordedIn(texts.filter((text) => text !== undefined)),
    platforms: platformsOf(session.clients),
  });
}

/** The line that mends a left-over. */
export function lineFor(environment: string, { way, resource, standing }: Leftover): string {
  const { id, importId = id } = standing;
  return `mam state ${way} ${environment} ${resource.address} ${importId}`;
}
