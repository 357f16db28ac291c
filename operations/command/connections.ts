import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";

import type { Endpoints } from "../../stacks/endpoints.ts";
import type { AccessKey } from "../clients/aws-sdk.ts";
import { type DigitalOcean, createDigitalOcean } from "../clients/digitalocean.ts";
import { createSpaces } from "../clients/spaces.ts";
import { createWasabiIam, createWasabiStorage, createWasabiSts } from "../clients/wasabi.ts";
import { type Credential, credentials, requireCredentials } from "./credentials.ts";
import { type Internet, openInternet } from "./internet.ts";
import { once } from "./once.ts";

/**
 * Clients of the platforms. Each is made when it is first asked for: a command needs the credentials of the platforms
 * that it uses, and no others.
 */
export interface Connections {
  digitalOcean(): DigitalOcean;
  wasabiStorage(): S3Client;
  /** Wasabi as somebody else than whoever runs the command, such as a service. */
  wasabiStorageAs(key: AccessKey): S3Client;
  wasabiIam(): IAMClient;
  wasabiSts(): STSClient;
  spaces(): S3Client;
  /** The internet as a user of the platform sees it. */
  internet(): Internet;
  close(): Promise<void>;
}

/** From what connections are made. */
export interface ConnectionOptions {
  readonly endpoints: Endpoints;
  readonly wasabiRegion: string;
  /** The environment variables of the process. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Waits between attempts, in seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Is told what the platforms answer, and what they are sent: there may be secrets in it. */
  readonly hear: Hear;
}

type Hear = (said: unknown) => void;

const userAgent = "mam";
const wasabiKeys = [credentials.wasabiAccessKey, credentials.wasabiSecretKey];
const spacesKeys = [credentials.spacesAccessKey, credentials.spacesSecretKey];

/** Prepares connections; nothing is asked of a platform yet. */
export function prepareConnections(options: ConnectionOptions): Connections {
  const { endpoints, variables, wasabiRegion, sleep, hear } = options;
  const closing: (() => unknown)[] = [];
  const lazily = <Client>(
    needed: readonly Credential[],
    make: (values: readonly string[]) => Client,
    close: (client: Client) => unknown,
  ) =>
    once(() => {
      const client = make(requireCredentials(needed, variables));
      closing.push(() => close(client));
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
      (keys) => make(awsOptions(endpoint, region, keys, options)),
      (client) => {
        client.destroy();
      },
    );
  return {
    digitalOcean: lazily(
      [credentials.digitalOceanToken],
      ([token = ""]) =>
        createDigitalOcean({ endpoint: endpoints.digitalOcean, token, userAgent, sleep, hear }),
      (client) => client.close(),
    ),
    wasabiStorage: withKeys(wasabiKeys, createWasabiStorage, endpoints.wasabiS3, wasabiRegion),
    wasabiStorageAs: (key) => {
      const client = createWasabiStorage({
        ...awsOptions(endpoints.wasabiS3, wasabiRegion, [], options),
        credentials: key,
      });
      closing.push(() => {
        client.destroy();
      });
      return client;
    },
    wasabiIam: withKeys(wasabiKeys, createWasabiIam, endpoints.wasabiIam, "us-east-1"),
    wasabiSts: withKeys(wasabiKeys, createWasabiSts, endpoints.wasabiSts, "us-east-1"),
    spaces: withKeys(spacesKeys, createSpaces, endpoints.spaces, "us-east-1"),
    internet: lazily(
      [],
      () => openInternet(endpoints.internet),
      (internet) => internet.close(),
    ),
    close: async () => {
      await Promise.all(closing.map((close) => close()));
    },
  };
}

function awsOptions(
  endpoint: string,
  region: string,
  [accessKeyId = "", secretAccessKey = ""]: readonly string[],
  { sleep, hear }: Pick<ConnectionOptions, "sleep" | "hear">,
) {
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    userAgent,
    sleep,
    hear,
  };
}
