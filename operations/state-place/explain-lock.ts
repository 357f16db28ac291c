import type { Session } from "../context/session.ts";
import { statePlaceOf } from "./place-of.ts";
import { hcpBackendOf } from "./workspaces.ts";

/**
 * Who holds the lock of a stack in HCP Terraform, which is the workspace's to say: what Terraform prints there of a lock
 * that it did not get, its id, who and since when, is of the refused command itself (1.11.4, internal/cloud/state.go).
 *
 * @returns undefined where Terraform's own words are true.
 */
export async function explainLock(session: Session, stack: string): Promise<string | undefined> {
  if (!hcpBackendOf(session)) return undefined;
  const held = await statePlaceOf(session).lockOf(stack);
  if (!held?.lock) return "It is free again: make the command again.";
  const { ID, Who, Operation } = held.lock;
  const { name } = session.environment.config;
  return `It is held by ${Who} (${Operation}).\nIf nobody works there any more: mam state unlock ${name} ${ID}`;
}
