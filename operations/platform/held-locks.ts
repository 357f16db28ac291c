import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { z } from "zod";

import { errorStatus } from "@mam-infra/clients/aws-error";
import type { Session } from "../context/session.ts";
import { stackName, stackKinds } from "../terraform/stack-kinds.ts";
import { stateBucket } from "./state-bucket.ts";

/** What Terraform writes into a lock (internal/states/statemgr, LockInfo). */
const lockSchema = z.looseObject({
  ID: z.string(),
  Who: z.string().default("somebody"),
  Operation: z.string().default("something"),
  Created: z.string().optional(),
});

/** A lock that somebody holds. */
export interface HeldLock {
  readonly stack: string;
  /** Undefined for a lock that does not say what it is. */
  readonly lock: z.output<typeof lockSchema> | undefined;
}

/**
 * The locks that are held on the states of an environment.
 *
 * @throws CheckSkipped where HCP Terraform locks.
 */
export async function heldLocks(session: Session): Promise<HeldLock[]> {
  const { state, name } = session.environment.config;
  const read =
    state.backend.kind === "local"
      ? (stack: string) => localLock(session, stack)
      : lockObjectOf(session, stateBucket(session));
  const locks = await Promise.all(
    stackKinds.map(async (part) => {
      const stack = stackName(name, part);
      return { stack, text: await read(stack) };
    }),
  );
  return locks.flatMap(({ stack, text }) =>
    text === undefined ? [] : [{ stack, lock: parseLock(text) }],
  );
}

/** What a lock is named by on the command line. */
export function nameOf({ stack, lock }: HeldLock): string {
  return lock?.ID ?? stack;
}

/**
 * Removes the lock of a state, whatever it says.
 *
 * @throws CheckSkipped where HCP Terraform locks.
 */
export async function dropLock(session: Session, stack: string): Promise<void> {
  if (session.environment.config.state.backend.kind === "local") {
    rmSync(lockFile(session, stack));
    return;
  }
  const object = { Bucket: stateBucket(session), Key: lockKey(stack) };
  await session.clients.spaces().send(new DeleteObjectCommand(object));
}

/** Where Terraform locks a state that is a file (1.11.4, internal/states/statemgr/filesystem.go). */
function lockFile({ project }: Session, stack: string): string {
  return join(project, `.terraform.${stack}.tfstate.lock.info`);
}

/** Where Terraform locks a state in a bucket (use_lockfile of the s3 backend). */
function lockKey(stack: string): string {
  return `${stack}.tfstate.tflock`;
}

function localLock(session: Session, stack: string): string | undefined {
  const file = lockFile(session, stack);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function lockObjectOf({ clients }: Session, bucket: string) {
  return async (stack: string): Promise<string | undefined> => {
    const object = { Bucket: bucket, Key: lockKey(stack) };
    try {
      const { Body } = await clients.spaces().send(new GetObjectCommand(object));
      return (await Body?.transformToString()) ?? "";
    } catch (error) {
      if (errorStatus(error) === 404) return undefined;
      throw error;
    }
  };
}

function parseLock(text: string): HeldLock["lock"] {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
