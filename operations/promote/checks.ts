import type { Check } from "../context/check.ts";
import { evidenceChecks } from "./evidence.ts";
import type { Promotion } from "./promotion.ts";
import { requirementChecks } from "./requirements.ts";
import { targetChecks } from "./target.ts";

/** Every check of a promotion, in the order in which a person reads them. */
export const promotionChecks: readonly Check<Promotion>[] = [
  ...evidenceChecks,
  ...requirementChecks,
  ...targetChecks,
];
