import type { Release } from "../../../environments/schema/release.ts";
import type { CommandResult } from "../../harness/commands.ts";
import { operandsOf } from "../mam/images.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";

/** How an engineer gets things to the platform. */
export interface Tool {
  readonly name: string;
  /** Everything from nothing. */
  readonly deploy: (context: ScenarioContext) => Promise<CommandResult>;
  /** New images. */
  readonly release: (context: ScenarioContext, next: Release) => Promise<CommandResult>;
}

/** The customer's own commands. */
export const cdktf: Tool = {
  name: "cdktf deploy",
  deploy: ({ stacks }) => stacks.deployAll(),
  release: ({ stacks, releases }, next) => {
    releases.write(next);
    return stacks.deployApp();
  },
};

/** `mam`. */
export const mam: Tool = {
  name: "mam deploy",
  deploy: (context) => context.mam.run("deploy", "--yes"),
  release: async ({ sealedMam }, next) => {
    const chosen = await sealedMam.run("release", ...operandsOf(next));
    return chosen.exitCode === 0 ? sealedMam.run("deploy", "--yes") : chosen;
  },
};
