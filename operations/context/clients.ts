import { setMaxListeners } from "node:events";

import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";

import type { Dispatcher } from "undici";

import type { Endpoints } from "../../stacks/endpoints.ts";
import type { AccessKey } from "@mam-infra/clients/aws-sdk";
import { type Hcp, createHcp } from "@mam-infra/clients/hcp";
import { type DigitalOcean, createDigitalOcean } from "@mam-infra/clients/digitalocean";
import { packages } from "@mam-infra/clients/packages";
import { type WayOut, wayOutOf } from "@mam-infra/clients/proxy/way-out";
import type { Sleep } from "@mam-infra/clients/retry";
import { createSpaces } from "@mam-infra/clients/spaces";
import { createWasabiIam, createWasabiStorage, createWasabiSts } from "@mam-infra/clients/wasabi";
import { type Credential, NotConfigured, credentials, requireCredentials } from "./credentials.ts";
import { type Internet, openInternet } from "./internet.ts";
import { once } from "./once.ts";

/**
 * Clients of the platforms. Each is made when it is first asked for: a command needs the credentials of the platforms
 * that it uses, and no others.
 */
export interface Clients {
  digitalOcean(): DigitalOcean;
  wasabiStorage(): S3Client;
  /** Wasabi with other keys than those of the command, such as a service's. */
  wasabiStorageAs(key: AccessKey): S3Client;
  wasabiIam(): IAMClient;
  wasabiSts(): STSClient;
  spaces(): S3Client;
  /** One organisation of HCP Terraform. */
  hcp(organization: string): Hcp;
  /** For requests to addresses that need no credentials. */
  web(): Dispatcher;
  /** The internet as a user of the platform sees it. */
  internet(): Internet;
  /**
   * The same for what has to be finished after an interruption: only a second one ends its waits.
   *
   * @param deadline ends them too.
   */
  finishing(deadline?: AbortSignal): Clients;
  close(): Promise<void>;
}

/** From what connections are made. */
export interface ClientOptions {
  readonly endpoints: Endpoints;
  readonly wasabiRegion: string;
  /** The environment variables of the process. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly sleep: Sleep;
  /** Ends every wait. */
  readonly interruption: AbortSignal;
  /** Ends every wait for what is finished after an interruption. */
  readonly urgency: AbortSignal;
  /** Says what is waited for, when it takes long. */
  readonly tell: (text: string) => void;
  /** Is told what the platforms answer, and what they are sent: there may be secrets in it. */
  readonly hear: Hear;
}

type Hear = (said: unknown) => void;

const userAgent = "mam";
const wasabiKeys = [credentials.wasabiAccessKey, credentials.wasabiSecretKey];
const spacesKeys = [credentials.spacesAccessKey, credentials.spacesSecretKey];

/** Prepares connections; nothing is asked of a platform yet. */
export function createClients(options: ClientOptions): Clients {
  const { endpoints, variables, wasabiRegion, interruption, urgency } = options;
  // Every request that is under way listens.
  setMaxListeners(0, interruption);
  const way = wayOutOf(variables);
  const { opened, close } = untilInterrupted(interruption);
  const finishings: Clients[] = [];
  const endedBy = (signal: AbortSignal) => {
    const other = createClients({ ...options, interruption: signal, urgency: signal });
    finishings.push(other);
    return other;
  };
  const lasting = once(() => endedBy(urgency));
  const { lazily, withKeys } = openers(options, way, opened);
  return {
    digitalOcean: lazily(
      [credentials.digitalOceanToken],
      ([token = ""]) => digitalOceanOf(token, way, options),
      closeOne,
    ),
    wasabiStorage: withKeys(wasabiKeys, createWasabiStorage, endpoints.wasabiS3, wasabiRegion),
    wasabiStorageAs: (key) => {
      const keys = [key.accessKeyId, key.secretAccessKey];
      const client = createWasabiStorage(
        awsOptions(endpoints.wasabiS3, wasabiRegion, keys, { ...options, way }),
      );
      opened.push(() => {
        client.destroy();
      });
      return client;
    },
    wasabiIam: withKeys(wasabiKeys, createWasabiIam, endpoints.wasabiIam, "us-east-1"),
    wasabiSts: withKeys(wasabiKeys, createWasabiSts, endpoints.wasabiSts, "us-east-1"),
    spaces: withKeys(spacesKeys, createSpaces, endpoints.spaces, "us-east-1"),
    hcp: perName((organization) => {
      const [token = ""] = requireCredentials([credentials.hcpToken], variables);
      const client = hcpOf(organization, token, way, options);
      opened.push(() => client.close());
      return client;
    }),
    web: lazily([], () => new (packages.undici().Agent)({ connect: way.connector({}) }), closeOne),
    internet: lazily([], () => openInternet(endpoints.internet, interruption, way), closeOne),
    finishing: (deadline) => (deadline ? endedBy(AbortSignal.any([urgency, deadline])) : lasting()),
    close: () => closeAll([{ close }, ...finishings]),
  };
}

/** How clients are made of credentials: each when it is first asked for, and noted among what is opened. */
function openers(options: ClientOptions, way: WayOut, opened: (() => unknown)[]) {
  const lazily = <Client>(
    needed: readonly Credential[],
    make: (values: readonly string[]) => Client,
    end: (client: Client) => unknown,
  ) =>
    once(() => {
      const client = make(requireCredentials(needed, options.variables));
      opened.push(() => end(client));
      return client;
    });
  const withKeys = <Client extends { destroy(): void }>(
    needed: readonly Credential[],
    make: (options: ReturnType<typeof awsOptions>) => Client,
    endpoint: string,
    region: string,
  ) =>
    lazily(
      needed,
      (keys) => make(awsOptions(endpoint, region, keys, { ...options, way })),
      (client) => {
        client.destroy();
      },
    );
  return { lazily, withKeys };
}

const closeOne = (one: Pick<Clients, "close">) => one.close();

async function closeAll(all: readonly Pick<Clients, "close">[]): Promise<void> {
  await Promise.all(all.map(closeOne));
}

/** What was opened, each as how it ends; all of it ends with the command, or when the command is interrupted. */
function untilInterrupted(interruption: AbortSignal) {
  const opened: (() => unknown)[] = [];
  const endAll = async () => {
    await Promise.all(opened.splice(0).map((end) => end()));
  };
  // What is still under way is not waited for, the body of an answer included.
  const interrupt = () => void endAll();
  interruption.addEventListener("abort", interrupt, { once: true });
  const close = async () => {
    interruption.removeEventListener("abort", interrupt);
    await endAll();
  };
  return { opened, close };
}

function digitalOceanOf(token: string, way: WayOut, options: ClientOptions): DigitalOcean {
  const { digitalOcean: endpoint } = options.endpoints;
  const { sleep, hear, interruption, tell } = options;
  return createDigitalOcean({ endpoint, token, way, userAgent, sleep, hear, interruption, tell });
}

function hcpOf(organization: string, token: string, way: WayOut, options: ClientOptions): Hcp {
  const { hcp: endpoint } = options.endpoints;
  if (endpoint === undefined) throw new NotConfigured("This rehearsal plays no HCP Terraform.");
  const { sleep, interruption, tell } = options;
  return createHcp({ endpoint, token, organization, way, userAgent, sleep, interruption, tell });
}

/** Makes something of a name at its first call, and gives every later one the same. */
function perName<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

function awsOptions(
  endpoint: string,
  region: string,
  [accessKeyId = "", secretAccessKey = ""]: readonly string[],
  { way, sleep, hear, interruption, tell }: ClientOptions & { readonly way: WayOut },
) {
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    way,
    userAgent,
    sleep,
    hear,
    interruption,
    tell,
  };
}
