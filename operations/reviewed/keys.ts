import { z } from "zod";

import type { Session } from "../context/session.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";
import type { Keys } from "./fingerprint.ts";

const lineageSchema = z.looseObject({ lineage: z.string().min(1) });

/** What marks values of planned stacks: the lineage of each state. A stack without a state has none. */
export async function keysOf(
  session: Session,
  planned: readonly PlannedStack<AnyStack>[],
): Promise<Keys> {
  const keys = await Promise.all(
    planned.map(async ({ stack: { kind } }) => {
      const state = lineageSchema.safeParse(JSON.parse((await readState(session, kind)) ?? "{}"));
      return state.success ? [[kind, state.data.lineage]] : [];
    }),
  );
  return Object.fromEntries(keys.flat()) as Keys;
}
