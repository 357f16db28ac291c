import type { Command } from "commander";

type Declare = (program: Command) => void;

/**
 * Every command by its name: one file each, and one line here. A command is loaded when it is asked for, because
 * all of them together take a second.
 */
export const commands: Readonly<Record<string, () => Promise<Declare>>> = {
  doctor: async () => (await import("./doctor.ts")).declareDoctor,
  plan: async () => (await import("./plan.ts")).declarePlan,
  review: async () => (await import("./review.ts")).declareReview,
  drift: async () => (await import("./drift.ts")).declareDrift,
  deploy: async () => (await import("./deploy.ts")).declareDeploy,
  verify: async () => (await import("./verify.ts")).declareVerify,
  release: async () => (await import("./release.ts")).declareRelease,
  promote: async () => (await import("./promote.ts")).declarePromote,
  rollback: async () => (await import("./rollback.ts")).declareRollback,
  status: async () => (await import("./status.ts")).declareStatus,
  runbook: async () => (await import("./runbook.ts")).declareRunbook,
  console: async () => (await import("./console.ts")).declareConsole,
  psql: async () => (await import("./psql.ts")).declarePsql,
  cost: async () => (await import("./cost.ts")).declareCost,
  dashboard: async () => (await import("./dashboard.ts")).declareDashboard,
  init: async () => (await import("./init.ts")).declareInit,
  adopt: async () => (await import("./adopt.ts")).declareAdopt,
  restore: async () => (await import("./restore.ts")).declareRestore,
  state: async () => (await import("./state.ts")).declareState,
  secrets: async () => (await import("./secrets.ts")).declareSecrets,
};
