import { join } from "node:path";

import { type SigningKeys, signPrefix } from "@mam-services/common/links";

import type { Bench } from "../bench.ts";
import { type Program, freePort, startProgram } from "../processes.ts";

/** An edge that listens. */
export interface Edge extends Program {
  readonly port: number;
}

/** Bucket of the previews. */
export const bucket = "previews";

const keys: SigningKeys = { A: "a".repeat(64), B: "" };

/** A link to an object that the edge accepts for an hour. */
export function linkTo(key: string): string {
  const [prefix = "", ...rest] = key.split("/");
  const expires = Math.floor(Date.now() / 1000) + 3600;
  return `/m/${signPrefix(keys, "A", prefix, expires)}/${rest.join("/")}`;
}

/** Starts the edge before storage. */
export async function startEdge(bench: Bench, storagePort: number): Promise<Edge> {
  const port = await freePort();
  const main = join(bench.built, "edge/dist/main.js");
  const program = await startProgram(bench, [process.execPath, main], port, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    MAM_ENVIRONMENT: "bench",
    LOG_LEVEL: "info",
    HOST: "127.0.0.1",
    PORT: String(port),
    PREVIEWS_BUCKET: bucket,
    WASABI_ENDPOINT: `http://127.0.0.1:${storagePort}`,
    WASABI_REGION: "bench-1",
    WASABI_PREVIEWS_ACCESS_KEY: "BENCHKEY",
    WASABI_PREVIEWS_SECRET: "bench-secret",
    EDGE_SIGNING_KEY_A: keys.A,
    CLOCK_SKEW_SECONDS: "30",
    CORS_ORIGINS: "https://mam.example.com",
    RATE_LIMIT_MAX: "1000000000",
    RATE_LIMIT_WINDOW: "60000",
    FETCH_TIMEOUT_MS: "10000",
    CACHE_PATH: join(bench.directory, "cache"),
    CACHE_MAX_BYTES: String(1024 ** 3),
  });
  return { ...program, port };
}
