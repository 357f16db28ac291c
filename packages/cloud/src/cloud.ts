import { allOrNone } from "./all-or-none.ts";
import { type Clock, startClock } from "./clock.ts";
import type { ProgramSettings } from "./digitalocean/apps/programs/settings.ts";
import type { DatabaseEngines } from "./digitalocean/databases/servers/engines.ts";
import type { DigitalOceanSeed } from "./digitalocean/seed.ts";
import { Door } from "./door/door.ts";
import { type DigitalOcean, startDigitalOcean } from "./digitalocean/server.ts";
import { type Fault, Faults } from "./faults.ts";
import type { HcpSeed } from "./hcp/seed.ts";
import { type Hcp, startHcp } from "./hcp/server.ts";
import type { CloudContext } from "./platform-server.ts";
import { RequestLog } from "./request-log.ts";
import { type Spaces, type SpacesSeed, startSpaces } from "./spaces/server.ts";
import type { WasabiSeed } from "./wasabi/seed.ts";
import { type Wasabi, startWasabi } from "./wasabi/server.ts";

/** What the platforms have when they start. */
export interface CloudSeed {
  readonly digitalOcean: DigitalOceanSeed;
  readonly wasabi: WasabiSeed;
  readonly spaces: SpacesSeed;
  /** Absent where HCP Terraform is not played. */
  readonly hcp?: HcpSeed;
  /** Virtual seconds in a second of the wall clock; default: that of {@link startClock}. */
  readonly speed?: number;
  /** How images are run that are programs. */
  readonly programs?: ProgramSettings;
  /** Programs that make the databases real; default: databases are data. */
  readonly engines?: DatabaseEngines;
  /** Faults that wait for the first requests; default none. */
  readonly faults?: readonly Fault[];
}

/** Ports of 127.0.0.1; a free one wherever none is named. */
export interface CloudPorts {
  readonly digitalOcean?: number;
  /** Where the apps answer plain HTTP, told apart by the Host header. */
  readonly apps?: number;
  /** Where `http://<official host>.localhost` is answered. */
  readonly door?: number;
  readonly wasabiS3?: number;
  readonly wasabiIam?: number;
  readonly wasabiSts?: number;
  readonly spaces?: number;
  readonly hcp?: number;
}

/** Addresses of everything that answers, without a trailing slash. */
export interface CloudEndpoints {
  /** DigitalOcean's API, without the `/v2` that every path begins with. */
  readonly digitalOcean: string;
  readonly wasabiS3: string;
  readonly wasabiIam: string;
  readonly wasabiSts: string;
  readonly spaces: string;
  /** HCP Terraform, without the `/api/v2` that every path begins with; absent where it is not played. */
  readonly hcp?: string;
  /** The way from the internet to the apps: names, certificates, HTTP and HTTPS. */
  readonly internet: Omit<DigitalOcean["internet"], "close">;
}

/** The platforms on this machine, with one clock, one request log and one list of faults. */
export interface Cloud {
  readonly clock: Clock;
  readonly requestLog: RequestLog;
  readonly faults: Faults;
  readonly digitalOcean: DigitalOcean;
  readonly wasabi: Wasabi;
  readonly spaces: Spaces;
  /** Undefined where it is not played. */
  readonly hcp: Hcp | undefined;
  readonly endpoints: CloudEndpoints;
  /**
   * The door for people, browsers and programs: `https://H` is answered at `http://H.localhost` with this port, for the
   * hosts of apps that are programs and for Wasabi's S3.
   */
  readonly door: string;
  /** What callers did that the platforms do not have or that is not played here. */
  findings(): readonly string[];
  /** Ends everything, once. */
  close(): Promise<void>;
}

/**
 * Starts DigitalOcean, Wasabi and Spaces on loopback, and HCP Terraform where it is seeded.
 *
 * @throws when a port is taken, or the seed contradicts itself; nothing is left running then.
 */
export async function startCloud(seed: CloudSeed, ports: CloudPorts = {}): Promise<Cloud> {
  const { speed, faults = [], programs = {}, engines } = seed;
  const clock = startClock(speed === undefined ? {} : { speed });
  const context = { clock, requestLog: new RequestLog(), faults: new Faults() };
  for (const fault of faults) context.faults.add(fault);
  const storageHost = `s3.${seed.wasabi.region}.wasabisys.com`;
  const door = new Door();
  const [digitalOcean, wasabi, spaces, { hcp, close: closeHcp }] = await allOrNone([
    startDigitalOcean(context, seed.digitalOcean, {
      ports,
      programs,
      engines,
      door: { port: () => door.port, hosts: [storageHost] },
    }),
    startWasabi(context, seed.wasabi, ports),
    startSpaces(context, seed.spaces, ports.spaces),
    startHcpIfSeeded(context, seed.hcp, ports.hcp),
    door.listen(ports.door),
  ]);
  const platforms = [digitalOcean, wasabi, spaces, ...(hcp ? [hcp] : [])];
  door.open(digitalOcean.programs, { host: storageHost, url: wasabi.urls.s3 });
  const end = async () => {
    await digitalOcean.close();
    await Promise.all([door.close(), wasabi.close(), spaces.close(), closeHcp()]);
  };
  let ended: Promise<void> | undefined;
  return {
    ...context,
    digitalOcean,
    wasabi,
    spaces,
    hcp,
    endpoints: { ...endpointsOf(digitalOcean, wasabi, spaces), ...(hcp ? { hcp: hcp.url } : {}) },
    door: door.url,
    findings: () => platforms.flatMap((platform) => platform.findings()),
    close: () => (ended ??= end()),
  };
}

async function startHcpIfSeeded(context: CloudContext, seed: HcpSeed | undefined, port?: number) {
  if (!seed) return { hcp: undefined, close: () => Promise.resolve() };
  const hcp = await startHcp(context, seed, port);
  return { hcp, close: () => hcp.close() };
}

function endpointsOf(
  { url: digitalOcean, internet }: DigitalOcean,
  { urls }: Wasabi,
  { url: spaces }: Spaces,
): CloudEndpoints {
  const { http, https, certificateAuthority, dns } = internet;
  return {
    digitalOcean,
    wasabiS3: urls.s3,
    wasabiIam: urls.iam,
    wasabiSts: urls.sts,
    spaces,
    internet: { http, https, certificateAuthority, dns },
  };
}
