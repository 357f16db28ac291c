import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingHttpHeaders, Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

import { signPrefix } from "@mam-services/common/links";
import { pino } from "pino";

import { readEdgeEnvironment } from "../../../edge/src/environment.ts";
import { createEdge } from "../../../edge/src/server.ts";
import { bucket, edgeReader, region } from "./storage.ts";

export const signingKeys = { A: "a".repeat(64), B: "" };
export const appOrigin = "https://mam.northlight.example";

/** The contract's variables of an edge, for storage at an address. */
export const edgeVariables = (endpoint: string, cachePath: string) => ({
  NODE_ENV: "production",
  MAM_ENVIRONMENT: "test",
  LOG_LEVEL: "info",
  RELEASE_DIGEST: "sha256:test",
  HOST: "127.0.0.1",
  PORT: "0",
  PREVIEWS_BUCKET: bucket,
  WASABI_ENDPOINT: endpoint,
  WASABI_REGION: region,
  WASABI_PREVIEWS_ACCESS_KEY: edgeReader.accessKeyId,
  WASABI_PREVIEWS_SECRET: edgeReader.secretAccessKey,
  EDGE_SIGNING_KEY_A: signingKeys.A,
  CLOCK_SKEW_SECONDS: "30",
  CORS_ORIGINS: `${appOrigin},https://other.northlight.example`,
  RATE_LIMIT_MAX: "100000",
  RATE_LIMIT_WINDOW: "60000",
  FETCH_TIMEOUT_MS: "60000",
  CACHE_PATH: cachePath,
  CACHE_MAX_BYTES: String(64 * 1024 * 1024),
});

/** A signed path to an object of `asset-1`. */
export function link(rest: string, expires = Math.floor(Date.now() / 1000) + 600): string {
  return `/m/${signPrefix(signingKeys, "A", "asset-1", expires)}/${rest}`;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An edge that runs in this process. */
export interface TestEdge {
  readonly port: number;
  readonly lines: () => Record<string, unknown>[];
  readonly cachePath: string;
  /** Asks for a path as it is: nothing is resolved or encoded before it is sent. */
  ask(path: string, options?: AskOptions): Promise<Answer>;
  close(): Promise<void>;
}

interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startEdge(
  endpoint: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<TestEdge> {
  const cachePath = await mkdtemp(join(tmpdir(), "edge-cache-"));
  let written = "";
  const logger = pino(
    { level: "info", formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => void (written += line) },
  );
  const variables = { ...edgeVariables(endpoint, cachePath), ...changes };
  const server = await createEdge(readEdgeEnvironment(variables), logger);
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  return {
    port,
    cachePath,
    lines: () => parseLines(written),
    ask: (path, options) => askAt(port, path, agent, options),
    close: async () => {
      agent.destroy();
      await server.close();
      await rm(cachePath, { recursive: true, force: true });
    },
  };
}

const parseLines = (written: string) =>
  written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Asks a server on this machine, and reads the answer. */
export function askAt(
  port: number,
  path: string,
  agent: Agent,
  { method = "GET", headers = {} }: AskOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port, path, method, headers, agent }, (answer) => {
      buffer(answer).then((body) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      }, reject);
    })
      .on("error", reject)
      .end();
  });
}
