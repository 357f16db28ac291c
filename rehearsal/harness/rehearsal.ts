import { publicEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import { environments } from "../../environments/index.ts";
import type { Environment } from "../../environments/loading/load.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { createDigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Scenario, ScenarioContext, Statement } from "./scenario.ts";
import type { Fault } from "@mam-infra/cloud/faults";
import { rehearsedEnvironment } from "./child-environment.ts";
import { Commands } from "./commands.ts";
import { type CriticalPath, criticalPath } from "./critical-path.ts";
import { Mam } from "./mam.ts";
import {
  chooseProviders,
  type Providers,
  type ProvidersKind,
  startProvidersOf,
} from "./providers.ts";
import {
  type PlayedHcp,
  type RealParts,
  type RehearsalCloud,
  startRehearsalCloud,
} from "./rehearsal-cloud.ts";
import { Releases } from "./releases.ts";
import { type ScenarioReport, type RehearsalReport, everythingHeld } from "./report.ts";
import { bootstrapHcp, hcpWorker, reachingHcp } from "./hcp.ts";
import { leakedSecrets } from "./secret-scan.ts";
import { Stacks } from "./stacks.ts";
import { changedResources, snapshotStates } from "./states.ts";
import { type Workspace, closeWorkspace, openWorkspace } from "./workspace.ts";

/** What to rehearse, and how. */
export interface RehearsalOptions {
  /** Directory of the project. */
  readonly project: string;
  /** Directory of the project whose `mam` is run; default: this checkout, whatever the project is. */
  readonly mamOf?: string;
  /** What the environment's file says in the project; default: what it says in this checkout. */
  readonly input?: EnvironmentInput | undefined;
  /** Directory that the workspace lies in; default: that of the project. */
  readonly directory?: string;
  readonly environment: Environment;
  /** Environments that can be deployed beside it; the harness then has a workspace for all of them. */
  readonly beside?: readonly Environment[];
  /** What is real beside Terraform; default: nothing, images and databases are data. */
  readonly parts?: RealParts;
  /** HCP Terraform beside an environment that keeps its states elsewhere; default: none. */
  readonly hcp?: PlayedHcp;
  /** Name of the suite that the scenarios are of. */
  readonly suite?: string;
  readonly scenarios: readonly Scenario[];
  readonly providers: ProvidersKind;
  readonly faults: readonly Fault[];
  /** Whether the files stay afterwards. */
  readonly keep: boolean;
  /** Ends the rehearsal early: the running command is stopped, and everything is put away. */
  readonly interruption: AbortSignal;
}

/** What shows a rehearsal while it is played. */
export interface Watcher {
  /** Called around each scenario; `tell` says what goes on inside. */
  readonly scenario: (
    scenario: Scenario,
    play: (tell: (progress: string) => void) => Promise<ScenarioReport>,
  ) => Promise<ScenarioReport>;
  /** Called at the end, while the platforms still stand. */
  readonly end?: (cloud: RehearsalCloud) => Promise<void>;
}

/** What a scenario has to play with before it is played. */
export type HarnessContext = Omit<ScenarioContext, "tell" | "expect" | "show" | "skip">;

/** An environment ready to be played with: the platforms, the providers and the files. */
export interface Harness {
  readonly cloud: RehearsalCloud;
  readonly providers: Providers;
  readonly workspace: Workspace;
  readonly context: HarnessContext;
  /** Ends everything; the files stay if they are to be kept. */
  close(keep: boolean): Promise<void>;
}

/**
 * Starts everything that a rehearsal of an environment needs. The caller has to close it.
 *
 * @throws CannotRehearse when another rehearsal runs, or a provider program cannot be had.
 */
export async function openHarness(
  options: Omit<RehearsalOptions, "suite" | "scenarios" | "keep">,
): Promise<Harness> {
  const { project, environment, beside = [], faults, interruption } = options;
  const names = [environment, ...beside].map(({ config }) => config.name);
  const workspace = openWorkspace(
    project,
    beside.length > 0 ? "cloud" : environment.config.name,
    names,
    options.directory,
  );
  const chosen = await chooseProviders(options.providers, workspace).catch((error: unknown) => {
    closeWorkspace(workspace, false);
    throw error;
  });
  const worker = hcpWorker();
  const hcp = { ...options.hcp, openRun: worker.openRun };
  const cloud = await startRehearsalCloud(environment, beside, options.parts, hcp);
  const providers = reachingHcp(await startProvidersOf(chosen, cloud, workspace), cloud, workspace);
  worker.findBy(providers.source);
  for (const fault of faults) cloud.faults.add(fault);
  const api = createDigitalOcean({
    endpoint: cloud.endpoints.digitalOcean,
    token: cloud.credentials.digitalOceanToken,
    userAgent: "mam-rehearsal",
    sleep: (seconds: number) => cloud.clock.sleep(seconds),
  });
  const commands = new Commands(project, workspace.logs, interruption);
  const { name } = environment.config;
  const variables = (secrets: "supplied" | "sealed") =>
    rehearsedEnvironment(cloud, workspace, providers.source, secrets);
  const stacks = (secrets: "supplied" | "sealed") =>
    new Stacks(name, commands, workspace, variables(secrets));
  const mam = (secrets: "supplied" | "sealed") =>
    new Mam(name, commands, variables(secrets), options.mamOf);
  await bootstrapHcp(cloud, mam("sealed"));
  return {
    cloud,
    providers,
    workspace,
    context: {
      cloud,
      api,
      project: { directory: options.mamOf ?? project, input: options.input ?? environments[name] },
      stacks: stacks("supplied"),
      sealedStacks: stacks("sealed"),
      mam: mam("supplied"),
      sealedMam: mam("sealed"),
      releases: new Releases(cloud, workspace),
      interruption,
    },
    close: async (keep) => {
      await api.close();
      await providers.close();
      await cloud.close();
      closeWorkspace(workspace, keep);
    },
  };
}

/** Plays scenarios, one after another, and reports what held. */
export async function rehearse(
  options: RehearsalOptions,
  watcher: Watcher,
): Promise<RehearsalReport> {
  const harness = await openHarness(options);
  let keep = true;
  try {
    const report = await playAll(options, harness, watcher);
    await watcher.end?.(harness.cloud);
    // The logs of a rehearsal that failed are what a person reads next.
    keep = options.keep || (!report.held && !report.interrupted);
    return report;
  } finally {
    await harness.close(keep);
  }
}

async function playAll(
  { suite = "scenarios", scenarios, environment, providers, interruption }: RehearsalOptions,
  harness: Harness,
  watcher: Watcher,
): Promise<RehearsalReport> {
  const begun = performance.now();
  const reports: ScenarioReport[] = [];
  for (const scenario of scenarios) {
    reports.push(await watcher.scenario(scenario, (tell) => playScenario(scenario, harness, tell)));
    // What comes after builds on it.
    if (interruption.aborted || !everythingHeld(reports, [])) break;
  }
  const findings = [
    ...harness.cloud.findings(),
    ...leakedSecrets(harness.cloud, harness.workspace),
    ...harness.providers.findings(),
  ];
  const { config } = environment;
  const path = pathOf(harness, config.name);
  return {
    environment: config.name,
    suite,
    providers,
    acts: reports,
    findings,
    standing: changedResources(new Map(), snapshotStates(harness.cloud)),
    urls: publicEndpoints(config),
    ...(path ? { realDeployment: path } : {}),
    seconds: (performance.now() - begun) / 1000,
    interrupted: interruption.aborted,
    held: !interruption.aborted && everythingHeld(reports, findings),
  };
}

async function playScenario(
  scenario: Scenario,
  { cloud, context }: Harness,
  tell: (progress: string) => void,
): Promise<ScenarioReport> {
  const statements: Statement[] = [];
  const shown: string[] = [];
  const [begun, before, mark] = [
    performance.now(),
    snapshotStates(cloud),
    cloud.requestLog.entries().length,
  ];
  const expect: ScenarioContext["expect"] = (statement, outcome) => {
    const objections = typeof outcome === "boolean" ? [] : outcome;
    const held = typeof outcome === "boolean" ? outcome : outcome.length === 0;
    statements.push({ statement, held, objections });
  };
  const show: ScenarioContext["show"] = (lines) => {
    shown.push(...lines);
  };
  let notRun: string | undefined;
  const skip: ScenarioContext["skip"] = (reason) => {
    if (process.env.MAM_REQUIRE_ENGINES) throw new Error(`it cannot be played here: ${reason}`);
    notRun = reason;
  };
  const error = await scenario.play({ ...context, tell, expect, show, skip }).then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
  );
  const requests: Record<string, number> = {};
  for (const { platform } of cloud.requestLog.entries().slice(mark)) {
    requests[platform] = (requests[platform] ?? 0) + 1;
  }
  return {
    name: scenario.name,
    title: scenario.title,
    statements,
    seconds: (performance.now() - begun) / 1000,
    requests,
    changed: changedResources(before, snapshotStates(cloud)),
    shown,
    ...(notRun === undefined ? {} : { notRun }),
    ...(error === undefined ? {} : { error }),
  };
}

/** The critical path, once something was written to find it in. */
function pathOf({ cloud, workspace }: Harness, name: string): CriticalPath | undefined {
  return snapshotStates(cloud).size > 0 ? criticalPath(workspace.outdir, name) : undefined;
}
