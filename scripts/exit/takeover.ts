import { join } from "node:path";

import { environmentNamed } from "../../rehearsal/command/entry.ts";
import { childEnvironment } from "../../rehearsal/harness/child-environment.ts";
import { type CommandResult, Commands } from "../../rehearsal/harness/commands.ts";
import { type Harness, openHarness } from "../../rehearsal/harness/rehearsal.ts";

const environment = "staging";

/**
 * Whether a copy of the project takes over what this one has deployed: an environment is deployed to the rehearsal cloud
 * from here, then examined and planned from the copy.
 *
 * @returns what speaks against it, with the output of the command; empty when the doctor is green and nothing would
 *   change.
 */
export async function takeoverObjections(copy: string): Promise<string[]> {
  const interruption = new AbortController().signal;
  const harness = await openHarness({
    project: copy,
    environment: environmentNamed(environment),
    providers: "embedded",
    faults: [],
    interruption,
  });
  try {
    const deployed = objections("mam deploy", await harness.context.mam.run("deploy", "--yes"));
    if (deployed.length > 0) return deployed;
    const mam = mamOf(copy, harness, interruption);
    return [
      ...objections("mam doctor of the copy", await mam("doctor")),
      ...objections("mam plan of the copy", await mam("plan", "--detailed-exitcode")),
    ];
  } finally {
    await harness.close(false);
  }
}

function mamOf(copy: string, { cloud, workspace, providers }: Harness, interruption: AbortSignal) {
  const commands = new Commands(copy, workspace.logs, interruption);
  const variables = {
    ...childEnvironment(cloud, workspace, providers.source, "sealed"),
    // Stacks of its own: those of the deployment are not what is to be proved.
    CDKTF_OUTDIR: join(copy, "cdktf.out"),
  };
  return (command: string, ...rest: string[]) =>
    commands.run(
      `copy-${command}`,
      ["node", join(copy, "operations/mam.mjs"), command, environment, ...rest],
      variables,
    );
}

function objections(what: string, { exitCode, output }: CommandResult): string[] {
  return exitCode === 0 ? [] : [`${what} ends with ${exitCode}:\n${output}`];
}
