import type { EnvironmentInput } from "../../../../environments/schema/environment.ts";
import { says } from "../../../harness/commands.ts";
import { type ChangedProject, writeInput } from "../../../harness/changed-project.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

/** Exit code of a command whose environment breaks a rule. */
const notConfigured = 2;

/**
 * What a machine is told lies in the state bucket for minutes. Where the states lie in HCP Terraform there is none: an
 * environment with machines is refused by a rule, before anything is asked of a platform.
 */
export async function machinesRefused(
  { cloud, mam, tell, expect }: ScenarioContext,
  project: ChangedProject,
  withMachines: (input: EnvironmentInput) => EnvironmentInput,
): Promise<void> {
  const { name } = cloud.environment.config;
  tell("mam plan and mam deploy with machines, and the states in HCP Terraform");
  writeInput(project.directory, name, withMachines(project.input));
  const own = mam.of(project.directory);
  const since = cloud.requestLog.entries().length;
  for (const line of [["plan"], ["deploy", "--yes"]] as const) {
    const [command, ...options] = line;
    const refused = await own.run(command, ...options);
    const words = '"spaces" with services.worker.gpu';
    expect(`mam ${command} is refused`, says(refused, notConfigured, words));
    expect(
      `mam ${command} says what to write`,
      says(refused, notConfigured, 'set state.backend: { kind: "spaces"'),
    );
  }
  const asked = cloud.requestLog.entries().slice(since);
  expect(
    "nothing is asked of a platform",
    asked.map(({ method, path }) => `${method} ${path}`),
  );
}
