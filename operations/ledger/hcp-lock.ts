import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";

import { z } from "zod";

import type { Hcp } from "@mam-infra/clients/hcp";
import { hcpRefusal } from "@mam-infra/clients/hcp/error";
import { isStill, processNow, processSchema, processSpace } from "../context/holder.ts";
import { jsonOf } from "./history.ts";

/** What a person reads of a lock of the history; behind it stands whose it is. */
const words = "mam writes the history of releases";

const ownerSchema = processSchema.extend({
  host: z.string(),
  /** Tells its boot and its container from every other one. */
  space: z.string(),
  /** Tells it from every other lock of the same process. */
  id: z.string(),
});

/**
 * Does something under the lock of a workspace. The reason of the lock says whose it is: so an answer that got lost is made
 * up for by asking, and the lock of a process that was killed on this machine is taken back.
 *
 * @returns what came of it; undefined when somebody else holds the lock.
 * @throws HcpError when the service refuses.
 */
export async function underLock<T>(
  hcp: Hcp,
  workspace: { readonly name: string; readonly id: string },
  action: () => Promise<T>,
): Promise<T | undefined> {
  const reason = newReason();
  if (!(await take(hcp, workspace, reason)) && !(await takeFromDead(hcp, workspace, reason)))
    return undefined;
  try {
    return await action();
  } finally {
    await giveBack(hcp, workspace, reason);
  }
}

type Workspace = Parameters<typeof underLock>[1];

/** Short, because nobody says how long a reason may be. */
function newReason(): string {
  const id = randomBytes(4).toString("hex");
  const owner = { ...processNow(process.pid), host: hostname(), space: thisSpace(), id };
  return `${words}: ${JSON.stringify(owner)}`;
}

const thisSpace = () =>
  createHash("sha256")
    .update(processSpace() ?? "")
    .digest("hex")
    .slice(0, 12);

const reasonAt = async (hcp: Hcp, { name }: Workspace) => (await hcp.workspace(name))?.lock?.reason;

async function take(hcp: Hcp, workspace: Workspace, reason: string): Promise<boolean> {
  try {
    return await hcp.lock(workspace.id, reason);
  } catch (error) {
    // The answer may be lost, and the lock be ours.
    if ((await reasonAt(hcp, workspace)) === reason) return true;
    throw error;
  }
}

async function takeFromDead(hcp: Hcp, workspace: Workspace, reason: string): Promise<boolean> {
  if (!isOfDead(await reasonAt(hcp, workspace))) return false;
  await hcp.forceUnlock(workspace.id).catch((error: unknown) => {
    // Another process took it away at the same moment, or this token must not: it is somebody's then, and waited for.
    if (hcpRefusal(error) === undefined) throw error;
  });
  return take(hcp, workspace, reason);
}

/** Whether a lock is of a process of this machine that does not run any more. Of another machine's nobody can know it. */
function isOfDead(reason = ""): boolean {
  if (!reason.startsWith(`${words}: `)) return false;
  const owner = ownerSchema.safeParse(jsonOf(reason.slice(words.length + 2)));
  if (!owner.success) return false;
  const { host, space, ...process } = owner.data;
  return host === hostname() && space === thisSpace() && !isStill(process);
}

async function giveBack(hcp: Hcp, workspace: Workspace, reason: string): Promise<void> {
  try {
    await hcp.unlock(workspace.id);
  } catch (error) {
    // The answer may be lost, and the lock be gone or somebody else's since.
    if ((await reasonAt(hcp, workspace)) !== reason) return;
    try {
      await hcp.unlock(workspace.id);
    } catch {
      throw error;
    }
  }
}
