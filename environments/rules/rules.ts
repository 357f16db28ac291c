import type { Rule } from "./rule.ts";
import { databaseRules } from "./database.ts";
import { domainRules } from "./domain.ts";
import { gpuRules } from "./gpu.ts";
import { networkRules } from "./network.ts";
import { observabilityRules } from "./observability.ts";
import { serviceRules } from "./services.ts";
import { stateRules } from "./state.ts";
import { storageRules } from "./storage.ts";

/** Every rule about a single environment, by concern. */
export const rules: readonly Rule[] = [
  ...networkRules,
  ...databaseRules,
  ...storageRules,
  ...serviceRules,
  ...gpuRules,
  ...domainRules,
  ...observabilityRules,
  ...stateRules,
];
