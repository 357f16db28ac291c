import type { Check } from "../command/check.ts";
import { configurationChecks } from "./checks/configuration.ts";
import { releaseChecks } from "./checks/release.ts";
import type { VerifyContext } from "./context.ts";

/** Every check of verify. */
export const verifyChecks: readonly Check<VerifyContext>[] = [
  ...releaseChecks,
  ...configurationChecks,
];
