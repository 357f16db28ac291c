import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { changedProject } from "../harness/changed-project.ts";
import { succeeded } from "../harness/commands.ts";
import { onFreshPlatforms } from "../harness/fresh-harness.ts";
import type { ScenarioContext } from "../harness/scenario.ts";
import { type PlatformParts, preparePlatform } from "../platform/parts.ts";
import { type Tool, mam } from "./media/tools.ts";

/** What differs from a platform that `mam` deploys from the project that is rehearsed. */
export interface RealPlatform {
  /** Who deploys it; default: `mam`. */
  readonly tool?: Tool;
  /** Lets the environment say something else, in a project of its own; default: it is deployed as it stands. */
  readonly change?: (input: EnvironmentInput) => EnvironmentInput;
}

/**
 * Plays something on platforms of its own with real programs and databases, once everything is deployed there. Where a
 * program is missing it is not played, and that is said.
 */
export async function onRealPlatform(
  context: ScenarioContext,
  play: (fresh: ScenarioContext, parts: PlatformParts) => Promise<void>,
  { tool = mam, change }: RealPlatform = {},
): Promise<void> {
  const { cloud, interruption, tell, expect, skip } = context;
  const parts = await preparePlatform(process.cwd(), { tell, interruption });
  if ("lacking" in parts) {
    skip(parts.lacking);
    return;
  }
  const { name } = cloud.environment.config;
  const project = change && changedProject(context.project, name, change);
  try {
    await onFreshPlatforms(
      project?.environment ?? cloud.environment,
      project ?? context.project,
      interruption,
      async (harness) => {
        const fresh = { ...context, ...harness.context };
        tell(`${tool.name} from nothing, with real programs and databases`);
        const deployed = await tool.deploy(fresh);
        expect(`${tool.name} of everything ends well`, succeeded(deployed));
        if (deployed.exitCode === 0) await play(fresh, parts);
      },
      parts,
    );
  } finally {
    project?.remove();
  }
}
