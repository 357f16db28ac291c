import { freePlan } from "../platform/hcp-plans.ts";
import type { Rule } from "./rule.ts";

/** Rules about the state: shared and locked in production, and never a licence to destroy it. */
export const stateRules: readonly Rule[] = [
  {
    path: "state.backend.kind",
    fails: ({ tier, state }) => tier === "production" && state.backend.kind === "local",
    expected: "spaces or hcp in production: a local state is neither shared nor locked",
    fix: 'set state.backend: { kind: "spaces", bucket: "<bucket>" }',
  },
  {
    path: "state.backend.bucket",
    fails: ({ state: { backend } }) =>
      backend.kind === "spaces" && !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(backend.bucket),
    expected: "3 to 63 lower-case letters, digits and hyphens",
    fix: 'set state.backend.bucket: "<company>-mam-terraform-state"',
  },
  {
    path: "state.backend.execution",
    fails: ({ tier, state: { backend } }) =>
      tier === "production" &&
      backend.kind === "hcp" &&
      backend.execution === "remote" &&
      backend.plan === "free",
    expected: `local in production on the free plan: it has ${freePlan.runs} run at a time, so a release waits for everybody's plans`,
    fix: 'set state.backend.execution: "local", or state.backend.plan: "paid" where it is',
  },
  {
    path: "state.destroy.allowed",
    fails: ({ tier, state: { destroy } }) => tier === "production" && destroy.allowed,
    expected: "false in production: databases and masters would go with one command",
    fix: "remove state.destroy",
  },
  {
    path: "state.destroy.allowed",
    fails: ({ tier, state: { destroy } }) =>
      tier !== "production" && destroy.allowed && destroy.allowedReason === undefined,
    expected: "false, or a reason",
    fix: "remove state.destroy, or write state.destroy.allowedReason",
  },
];
