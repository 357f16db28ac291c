import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PutBucketCorsCommand } from "@aws-sdk/client-s3";

import { type Platform, account, startPlatform } from "./platform.ts";
import { type FrontDoor, openFrontDoor } from "./front-door.ts";
import { type Line, layLine } from "./line.ts";
import { freePort } from "../bench/processes.ts";
import { type Program, startProgram } from "./program.ts";
import { builtServices } from "./programs.ts";
import { type VariablesOfServices, variablesOfServices } from "./variables.ts";

/** Name of a service. */
export type Service = keyof VariablesOfServices;

const healthPaths: Readonly<Record<Service, string>> = {
  frontend: "/api/health",
  api: "/api/health",
  worker: "/health",
  edge: "/health",
};

/** How a whole platform is started. */
export interface WholePlatformOptions {
  /** What services are told beside or instead of what the platform tells them. */
  readonly told?: Readonly<Partial<Record<Service, Readonly<Record<string, string>>>>>;
}

/** How another instance of a service differs. */
export interface AnotherInstance {
  readonly changes?: Readonly<Record<string, string>>;
  /** Where it was built; default with the others. */
  readonly directory?: string;
  /** Default a free one. */
  readonly port?: number;
}

/** The whole platform, real: four built services, PostgreSQL, Valkey and Wasabi. */
export interface WholePlatform {
  /** Address of the page. */
  readonly url: string;
  readonly account: { readonly email: string; readonly password: string };
  readonly door: FrontDoor;
  /** The line to storage, of browsers and of the API. */
  readonly storageLine: Line;
  readonly storage: Platform["storage"];
  readonly valkey: Platform["valkey"];
  readonly programs: Record<Service, Program>;
  /** What the services are told, but for their ports. */
  readonly environments: VariablesOfServices;
  /** Starts another instance of a service; whoever starts it ends it. */
  start(service: Service, another?: AnotherInstance): Promise<Program>;
  /** Replaces the API by one that is told other things. */
  replaceApi(changes: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything. The services are built first where a source has changed. */
export async function startWholePlatform({
  told = {},
}: WholePlatformOptions = {}): Promise<WholePlatform> {
  const directory = await mkdtemp(join(tmpdir(), "whole-platform-"));
  const [platform, door, apiPort] = await Promise.all([
    startPlatform(),
    openFrontDoor(),
    freePort(),
  ]);
  const storageLine = await layLine(Number(new URL(platform.storage.endpoint).port));
  await allowPage(platform, door.page);
  const environments = variablesOfServices({
    platform,
    door,
    storage: `http://127.0.0.1:${storageLine.port}`,
    apiBase: `http://127.0.0.1:${apiPort}`,
    cache: directory,
    told,
  });
  const start = starter(environments);
  const api = await start("api", { port: apiPort });
  const [frontend, worker, edge] = await Promise.all([
    start("frontend"),
    start("worker"),
    start("edge"),
  ]);
  Object.assign(door.routes, { page: frontend.url, api: api.url, media: edge.url });
  const programs = { frontend, api, worker, edge };
  return {
    url: door.page,
    account,
    door,
    storageLine,
    storage: platform.storage,
    valkey: platform.valkey,
    programs,
    environments,
    start,
    replaceApi: async (changes) => {
      await programs.api.end("SIGTERM");
      programs.api = await start("api", { port: apiPort, changes });
    },
    close: async () => {
      await Promise.all(Object.values(programs).map((program) => program.end("SIGKILL")));
      await Promise.all([door.close(), storageLine.close()]);
      await platform.close();
      await rm(directory, { recursive: true });
    },
  };
}

function starter(environments: VariablesOfServices): WholePlatform["start"] {
  return async (service, { changes = {}, directory = join(builtServices, service), port } = {}) => {
    const own = port ?? (await freePort());
    const ports = { PORT: String(own), WORKER_HEALTH_PORT: String(own) };
    return startProgram({
      directory,
      port: own,
      health: healthPaths[service],
      environment: { ...environments[service], ...ports, ...changes },
    });
  };
}

/** Lets pages of this origin upload, by the rule of constructs/storage/browser-access.ts. */
async function allowPage({ storage }: Platform, origin: string): Promise<void> {
  await storage.root.send(
    new PutBucketCorsCommand({
      Bucket: storage.buckets.staging,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: [origin],
            AllowedMethods: ["PUT"],
            AllowedHeaders: ["content-type", "content-md5", "x-amz-*"],
            ExposeHeaders: ["ETag"],
          },
        ],
      },
    }),
  );
}
