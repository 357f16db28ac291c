import { z } from "zod";

import type { HeldLock } from "./place.ts";

/** What Terraform writes into a lock that is an object or a file (internal/states/statemgr, LockInfo). */
const lockSchema = z.looseObject({
  ID: z.string(),
  Who: z.string().default("somebody"),
  Operation: z.string().default("something"),
  Created: z.string().optional(),
});

/** A stack's lock, from what stands in it. */
export function heldLock(stack: string, text: string): HeldLock {
  try {
    return { stack, lock: lockSchema.parse(JSON.parse(text)) };
  } catch {
    return { stack, lock: undefined };
  }
}
