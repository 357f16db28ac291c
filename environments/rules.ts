import type { Rule } from "./rule.ts";
import { databaseRules } from "./rules/database.ts";
import { domainRules } from "./rules/domain.ts";
import { networkRules } from "./rules/network.ts";
import { observabilityRules } from "./rules/observability.ts";
import { serviceRules } from "./rules/services.ts";
import { stateRules } from "./rules/state.ts";
import { storageRules } from "./rules/storage.ts";

/** Every rule about a single environment, by concern. */
export const rules: readonly Rule[] = [
  ...networkRules,
  ...databaseRules,
  ...storageRules,
  ...serviceRules,
  ...domainRules,
  ...observabilityRules,
  ...stateRules,
];
