import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environments } from "../../environments/index.ts";
import { loadEnvironments } from "../../environments/loading/load.ts";
import { type Session, openSession } from "../../operations/context/session.ts";
import type { Variables } from "../../operations/context/variables.ts";
import { stackKinds } from "../../operations/terraform/stack-kinds.ts";
import { apply, plan, prepare } from "../../operations/terraform/stack.ts";
import { terraformRuntime } from "../../operations/terraform/runtime.ts";
import { synthesiseStacks } from "../../operations/terraform/synthesis.ts";
import type { PlayedHcp, RealParts } from "../../rehearsal/harness/rehearsal-cloud.ts";
import { rehearsedEnvironment } from "../../rehearsal/harness/child-environment.ts";
import { type Harness, openHarness } from "../../rehearsal/harness/rehearsal.ts";

/** Platforms on this machine, and sessions of commands that work with them. */
export interface TestPlatform extends Harness {
  /** The environment variables of a command, with every secret supplied. */
  readonly variables: Variables;
  /** A session as a command has it. Closed with the platform. */
  session(changed?: Variables): Session;
  end(): Promise<void>;
}

/**
 * Starts the rehearsal's platforms in a directory of their own, so that tests run side by side. Nothing is deployed.
 *
 * @param parts what is real beside Terraform; default: nothing.
 * @param hcp HCP Terraform beside them; default: it is not played.
 */
export async function openPlatform(
  name = "staging",
  parts?: RealParts,
  hcp?: PlayedHcp,
): Promise<TestPlatform> {
  const directory = mkdtempSync(join(tmpdir(), "mam-"));
  mkdirSync(join(directory, "environments"));
  const release = `environments/${name}.release.json`;
  cpSync(release, join(directory, release));
  const [environment] = loadEnvironments({
    inputs: environments,
    only: name,
    directory: "environments",
  });
  const interruption = new AbortController().signal;
  const harness = await openHarness({
    project: directory,
    environment: environment!,
    providers: "embedded",
    faults: [],
    interruption,
    ...(parts ? { parts } : {}),
    ...(hcp ? { hcp } : {}),
  });
  const { cloud, workspace, providers } = harness;
  const variables = rehearsedEnvironment(cloud, workspace, providers.source, "supplied");
  const sessions: Session[] = [];
  return {
    ...harness,
    variables,
    session: (changed = {}) => {
      const session = openSession({
        name,
        project: directory,
        variables: { ...variables, ...changed },
        interruption,
        sleep: (seconds) => cloud.clock.sleep(seconds),
      });
      sessions.push(session);
      return session;
    },
    end: async () => {
      await Promise.all(sessions.map((session) => session.close()));
      await harness.close(false);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Platforms on which an environment was deployed, by Terraform itself. Takes about three seconds. */
export async function openDeployedPlatform(
  name?: string,
  parts?: RealParts,
  hcp?: PlayedHcp,
): Promise<TestPlatform> {
  const platform = await openPlatform(name, parts, hcp);
  const session = platform.session();
  const stacks = await synthesiseStacks(session);
  const deploy = async (part: (typeof stackKinds)[number]) => {
    const stack = stacks[part];
    const runtime = terraformRuntime(session, stack);
    await prepare(stack, runtime);
    const saved = await plan(stack, runtime);
    await apply(stack, runtime, saved, { tell: () => undefined });
  };
  await Promise.all([deploy("storage"), deploy("data")]);
  await deploy("app");
  return platform;
}
