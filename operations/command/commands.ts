import type { Command } from "commander";

import { declareDeploy } from "../deploy/command.ts";
import { declareDoctor } from "../doctor/command.ts";
import { declarePlan } from "../plan/command.ts";
import { declareRelease } from "../release/command.ts";
import { declareRollback } from "../rollback/command.ts";
import { declareSecrets } from "../secrets/command.ts";
import { declareVerify } from "../verify/command.ts";

/** Every command: one file each, and one line here. */
export const commands: readonly ((program: Command) => void)[] = [
  declareDoctor,
  declarePlan,
  declareDeploy,
  declareVerify,
  declareRelease,
  declareRollback,
  declareSecrets,
];
