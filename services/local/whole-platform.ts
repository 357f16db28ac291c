import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { PutBucketCorsCommand } from "@aws-sdk/client-s3";

import { type Platform, account, startPlatform } from "./platform.ts";
import { type FrontDoor, openFrontDoor } from "./front-door.ts";
import { type Line, layLine } from "./line.ts";
import { freePort } from "../bench/processes.ts";
import { type Program, startProgram } from "./program.ts";
import { variablesOfServices } from "./variables.ts";

const services = fileURLToPath(new URL("../", import.meta.url));

/** The whole platform, real: four built services, PostgreSQL, Valkey and Wasabi. */
export interface WholePlatform {
  /** Address of the page. */
  readonly url: string;
  readonly account: { readonly email: string; readonly password: string };
  readonly door: FrontDoor;
  /** The line to storage, of browsers and of the API. */
  readonly storageLine: Line;
  readonly storage: Platform["storage"];
  readonly programs: Record<"frontend" | "api" | "worker" | "edge", Program>;
  /** Replaces the API by one that is told other things. */
  replaceApi(changes: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** Builds the services, and starts everything. @param changes what the worker is told besides. */
export async function startWholePlatform(
  changes: { readonly worker?: Readonly<Record<string, string>> } = {},
): Promise<WholePlatform> {
  const directory = await mkdtemp(join(tmpdir(), "whole-platform-"));
  await promisify(execFile)(process.execPath, ["build.mjs", directory], { cwd: services });
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
  });
  const start = async (
    service: keyof typeof environments,
    health: string,
    port: number,
    others: Readonly<Record<string, string>> = {},
  ) => {
    const ports = { PORT: String(port), WORKER_HEALTH_PORT: String(port) };
    const environment = { ...environments[service], ...ports, ...others };
    return await startProgram({ directory: join(directory, service), port, health, environment });
  };
  const api = await start("api", "/api/health", apiPort);
  const [frontend, worker, edge] = await Promise.all([
    start("frontend", "/api/health", await freePort()),
    start("worker", "/health", await freePort(), changes.worker),
    start("edge", "/health", await freePort()),
  ]);
  Object.assign(door.routes, { page: frontend.url, api: api.url, media: edge.url });
  const programs = { frontend, api, worker, edge };
  return {
    url: door.page,
    account,
    door,
    storageLine,
    storage: platform.storage,
    programs,
    replaceApi: async (others) => {
      await programs.api.end("SIGTERM");
      programs.api = await start("api", "/api/health", apiPort, others);
    },
    close: async () => {
      await Promise.all(Object.values(programs).map((program) => program.end("SIGKILL")));
      await Promise.all([door.close(), storageLine.close()]);
      await platform.close();
      await rm(directory, { recursive: true });
    },
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
