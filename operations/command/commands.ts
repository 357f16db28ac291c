import type { Command } from "commander";

import { declareDoctor } from "../doctor/command.ts";
import { declarePlan } from "../plan/command.ts";
import { declareVerify } from "../verify/command.ts";

/** Every command: one file each, and one line here. */
export const commands: readonly ((program: Command) => void)[] = [
  declareDoctor,
  declarePlan,
  declareVerify,
];
