import { allOrNone } from "../all-or-none.ts";
import type { Clock } from "../clock.ts";
import { LocalNames } from "../door/local-names.ts";
import { createPlatformServer, listenOnLoopback } from "../platform-server.ts";
import type { CloudContext } from "../platform-server.ts";
import { errorBody, serveEndpoints } from "./api/serve.ts";
import { environmentOf } from "./apps/bindables.ts";
import type { DemandedFailure } from "./apps/model.ts";
import { Programs } from "./apps/programs/programs.ts";
import type { ProgramSettings } from "./apps/programs/settings.ts";
import { type Internet, startInternet } from "./apps/traffic/internet.ts";
import { startTraffic } from "./apps/traffic/listener.ts";
import type { ConsoleCommand, ConsoleResult } from "./apps/programs/console.ts";
import { serveConsoles } from "./apps/consoles/serve.ts";
import { type Scaling, scale } from "./apps/scaling.ts";
import { officialHosts } from "./apps/official-hosts.ts";
import type { TrafficEntry, TrafficOutcome } from "./apps/traffic/traffic-log.ts";
import { answersTo } from "./apps/traffic/traffic.ts";
import type { TrafficAnswer, TrafficRequest } from "./apps/traffic/traffic.ts";
import type { DatabaseEngines } from "./databases/servers/engines.ts";
import { type RunningDatabases, runningDatabases } from "./databases/servers/running-databases.ts";
import { dumpDigitalOcean, generatedText } from "./dump.ts";
import { router } from "./endpoints.ts";
import { type InsightsHandle, insightsHandle } from "./insights/handle.ts";
import { InsightsTimer, holdingTime } from "./insights/insights-timer.ts";
import { RecordedMetrics } from "./insights/metrics/recorded.ts";
import { serveOwnAddresses } from "./inspection.ts";
import { pushImage } from "./registry/registry.ts";
import type { Push } from "./registry/registry.ts";
import { keepAccount } from "./keep.ts";
import { createDigitalOceanStore } from "./seed.ts";
import type { DigitalOceanSeed } from "./seed.ts";
import { settle } from "./settle.ts";
import type { Store } from "./store.ts";
import { type UptimeHandle, uptimeHandle } from "./uptime/handle.ts";
import { UptimeTimer } from "./uptime/uptime-timer.ts";

/** A DigitalOcean account that runs. */
export interface DigitalOcean {
  /** Base URL of the API, without the `/v2` that every path begins with. */
  readonly url: string;
  /** URL at which the apps answer, told apart by the Host header. */
  readonly trafficUrl: string;
  /** The way from the internet to the apps: names, certificates, HTTP and HTTPS. */
  readonly internet: Omit<Internet, "close">;
  /** The account's whole state, brought to the present. */
  readonly store: Store;
  /** The servers of its databases; undefined where databases are data. */
  readonly databases: RunningDatabases | undefined;
  /** What callers did that the API does not have or the rehearsal does not play: a rehearsal with one has failed. */
  findings(): readonly string[];
  /** Every answer that a request to an app could have got at its time, which may have passed. */
  answersTo(request: TrafficRequest): readonly TrafficAnswer[];
  /** The environment of a component of an app's active deployment, secrets in clear: what its containers see. */
  environmentOf(appName: string, component: string): ReadonlyMap<string, string>;
  /** Fails the next deployment at a stage, whatever its images do. */
  failNextDeployment(stage: DemandedFailure): void;
  /** Pushes an image to the account's registry. */
  pushImage(push: Push): void;
  /**
   * Runs a command with the environment of a running instance, as App Platform's console does.
   *
   * @throws Error when the component has no running instance.
   */
  runIn(command: ConsoleCommand): Promise<ConsoleResult>;
  /** Kills a process of a component that is a program, without a warning; it is started again. Returns its instance's name. */
  crash(appName: string, component: string): string;
  /** Takes every instance of a component that is a program away, until the returned function is called. */
  halt(appName: string, component: string): () => void;
  /** The way to the apps whose images are programs. */
  readonly programs: RunningPrograms;
  /** What a test can do with Insights beside the API. */
  readonly insights: InsightsHandle;
  /** What a test can ask of uptime checks beside the API. */
  readonly uptime: UptimeHandle;
  /**
   * Changes how many instances an autoscaled component has, as its load would.
   *
   * @throws ApiError 400 for a count that its specification does not allow.
   */
  scale(scaling: Scaling): void;
  /**
   * Keeps the account and its findings as they are, where its images and databases are data.
   *
   * @returns what brings it back to that, as often as it is called.
   */
  keep(): () => void;
  /** Uses up requests of a token's hour, as other jobs do that share it. */
  useUpRequests(token: string, requests: number): void;
  close(): Promise<void>;
}

/** What is known of programs that run. */
export interface RunningPrograms {
  /** The router in front of them. */
  readonly ingress: Programs["ingress"];
  /** What official hosts are called on this machine. */
  readonly names: LocalNames;
  /** The latest requests to them, oldest first. */
  requests(): readonly TrafficEntry[];
  /** How many requests came to which end, of all since the beginning. */
  counts(): Readonly<Record<TrafficOutcome, number>>;
}

/** What can be done with programs, Insights and uptime checks, and asked of them. */
const handlesOf = (
  programs: Programs,
  insights: InsightsHandle,
  uptime: UptimeHandle,
): Pick<DigitalOcean, "programs" | "runIn" | "crash" | "halt" | "insights" | "uptime"> => ({
  insights,
  uptime,
  programs: {
    ingress: programs.ingress,
    names: programs.names,
    requests: () => programs.traffic.entries(),
    counts: () => programs.traffic.counts(),
  },
  runIn: (command) => programs.runIn(command),
  crash: (appName, component) => programs.crash(appName, component),
  halt: (appName, component) => programs.halt(appName, component),
});

/** @throws Error when the account has no registry. */
function push(store: Store, image: Push, at: Date): void {
  const [registry] = store.registries;
  if (!registry) throw new Error("The account has no container registry.");
  pushImage(registry, image, at);
}

/** An account, brought to the present. */
function presentOf(store: Store, clock: Clock): Store {
  settle(store, clock.now());
  return store;
}

/** What an account is started with beside its seed. */
export interface DigitalOceanOptions {
  /** Ports of the API and of the apps' plain HTTP; free ones by default. */
  readonly ports?: { readonly digitalOcean?: number; readonly apps?: number };
  /** How images are run that are programs. */
  readonly programs?: ProgramSettings;
  /** Where the door is, by which people and programs reach official hosts; default: nowhere. */
  readonly door?: { readonly port: () => number; readonly hosts: readonly string[] };
  /** Programs that make the databases real; default: databases are data. */
  readonly engines?: DatabaseEngines | undefined;
}

function activeEnvironment(store: Store, appName: string, component: string) {
  const app = store.apps.find(({ spec }) => spec.name === appName);
  const active = app?.deployments.find(({ id }) => id === app.active_deployment);
  if (!app || !active) throw new Error(`App ${appName} has no active deployment.`);
  return environmentOf(store, app, active.spec, component);
}

function startPrograms(
  store: Store,
  clock: Clock,
  options: DigitalOceanOptions,
  databases: RunningDatabases | undefined,
): Programs {
  const { door = { port: () => 0, hosts: [] }, programs: asked } = options;
  const ofDatabases = databases && {
    privateAddresses: () => databases.privateAddresses(),
    // PostgreSQL's is not among them: a service that forgets it has to fail here, too.
    trustedAuthority: databases.authorities.valkey,
  };
  const settings = { ...ofDatabases, ...asked };
  const names = new LocalNames(door.port, () => [...door.hosts, ...officialHosts(store)]);
  const programs = new Programs(store, clock, { settings, names });
  const manifests = [
    ...store.registries.flatMap(({ repositories }) => repositories),
    ...store.externalImages,
  ];
  if (manifests.some((one) => one.manifests.some(({ program }) => program))) programs.begin();
  return programs;
}

/**
 * Starts DigitalOcean on loopback: its API, and the apps that are deployed to it.
 *
 * @throws when the seed contradicts itself, such as by two VPCs in one range.
 */
export async function startDigitalOcean(
  context: CloudContext,
  seed: DigitalOceanSeed,
  options: DigitalOceanOptions = {},
): Promise<DigitalOcean> {
  const { clock } = context;
  const { ports = {} } = options;
  const databases = options.engines && (await runningDatabases(options.engines));
  const store = createDigitalOceanStore(seed, clock.now(), databases?.authorities);
  databases?.serve(store, clock);
  const platform = { store, findings: [], recorded: new RecordedMetrics(holdingTime(clock)) };
  const present = () => presentOf(store, clock);
  const server = createPlatformServer("digitalocean", context, {
    dump: () => dumpDigitalOcean(present()),
    errorBody,
    generated: generatedText,
  });
  const programs = startPrograms(store, clock, options, databases);
  const limiter = serveEndpoints(server, router, platform, { clock, servers: databases });
  serveConsoles(server, platform, programs);
  serveOwnAddresses(server, platform, () => clock.now());
  const running = await allOrNone([
    listenOnLoopback(server, ports.digitalOcean),
    startTraffic(store, clock, programs.ingress, ports.apps),
    startInternet(store, clock, programs.ingress, () => databases?.publicAddresses() ?? {}),
    Promise.resolve(programs),
  ]);
  const timer = new InsightsTimer({ platform, clock, programs, databases });
  const uptime = new UptimeTimer({ store, clock, ingress: programs.ingress, way: running[2] });
  return {
    url: running[0].url,
    trafficUrl: running[1].url,
    internet: running[2],
    get store() {
      return present();
    },
    databases,
    findings: () => [...platform.findings],
    answersTo: (request) => answersTo(present(), request),
    environmentOf: (appName, component) => activeEnvironment(present(), appName, component),
    failNextDeployment: (stage) => void store.demandedFailures.push(stage),
    pushImage: (image) => {
      push(store, image, clock.now());
      if (image.image.program) programs.begin();
    },
    ...handlesOf(programs, insightsHandle(platform, clock), uptimeHandle(store, uptime)),
    scale: (scaling) => {
      scale(present(), scaling, clock.now());
    },
    keep: () => keepAccount(present(), platform.findings),
    useUpRequests: (token, requests) => {
      limiter.useUp(token, requests, clock.now());
    },
    close: async () => {
      // In this order: each while everything that it uses still answers.
      for (const one of [timer, uptime, programs]) await one.close();
      await Promise.all(running.map((one) => one.close()));
      await databases?.close();
    },
  };
}
