import type { Command } from "commander";

type Declare = (program: Command) => void;

/**
 * Every command by its name: one file each, and one line here. A command is loaded when somebody asks for it, because
 * all of them together take a second.
 */
export const commands: Readonly<Record<string, () => Promise<Declare>>> = {
  doctor: async () => (await import("../doctor/command.ts")).declareDoctor,
  plan: async () => (await import("../plan/command.ts")).declarePlan,
  deploy: async () => (await import("../deploy/command.ts")).declareDeploy,
  verify: async () => (await import("../verify/command.ts")).declareVerify,
  release: async () => (await import("../release/command.ts")).declareRelease,
  rollback: async () => (await import("../rollback/command.ts")).declareRollback,
  status: async () => (await import("../status/command.ts")).declareStatus,
  state: async () => (await import("../state/command.ts")).declareState,
  secrets: async () => (await import("../secrets/command.ts")).declareSecrets,
};
