import type { Check } from "../command/check.ts";
import type { GateContext } from "./context.ts";

/** Every rule of the gate. */
export const gateRules: readonly Check<GateContext>[] = [];
