import { dataVariables } from "./contract/data.ts";
import { limitVariables } from "./contract/limits.ts";
import { processVariables } from "./contract/process.ts";
import { serviceLevelVariables } from "./contract/service-levels.ts";
import { signingVariables } from "./contract/signing.ts";
import { storageVariables } from "./contract/storage.ts";
import type { ContractVariable } from "./contract/variable.ts";

/**
 * The contract between the platform and the images: every environment variable, who gets it, where its value comes
 * from, whether it is secret, and what it means. The app spec, the Terraform variables and docs/environment-variables.md
 * are made from this table, so none of them can say something else.
 */
export const environmentContract: readonly ContractVariable[] = [
  ...processVariables,
  ...dataVariables,
  ...storageVariables,
  ...signingVariables,
  ...limitVariables,
  ...serviceLevelVariables,
];
