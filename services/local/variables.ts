import { dirname, join } from "node:path";

import type { Variables } from "./api-variables.ts";
import type { Platform } from "./platform.ts";
import { engines } from "./engines.ts";
import type { FrontDoor } from "./front-door.ts";
import { workerVariables } from "./worker.ts";

/** What the four services are told, by service. */
export type VariablesOfServices = Readonly<
  Record<"frontend" | "api" | "worker" | "edge", Variables>
>;

/** Where the services are, before any of them runs. */
export interface Places {
  readonly platform: Platform;
  readonly door: Pick<FrontDoor, "page" | "media">;
  /** Storage as browsers reach it. */
  readonly storage: string;
  /** Base of the API inside the platform. */
  readonly apiBase: string;
  /** Directory of the edge's cache. */
  readonly cache: string;
  /** What services are told beside or instead. */
  readonly told?: Readonly<Partial<VariablesOfServices>>;
}

/** Makes the environments of the services, as docs/environment-variables.md describes them. */
export function variablesOfServices(places: Places): VariablesOfServices {
  const { platform, door, storage, told = {} } = places;
  const { variables } = platform;
  const common = { ...variables, ALLOWED_ORIGINS: door.page, EDGE_PUBLIC_BASE: door.media };
  return {
    api: {
      ...common,
      WASABI_ENDPOINT: storage,
      SHARE_LINK_TTL_SECONDS: "600",
      ...told.api,
    },
    frontend: {
      ...common,
      WASABI_ENDPOINT: storage,
      NEXT_PUBLIC_API_BASE: `${door.page}/api`,
      NEXT_PUBLIC_EDGE_BASE: door.media,
      ...told.frontend,
    },
    worker: {
      ...common,
      ...workerVariables(platform.storage, places.apiBase),
      PATH: `${dirname(engines.found.ffmpeg?.program ?? "")}:${process.env.PATH ?? ""}`,
      HLS_SEGMENT_SEC: "2",
      ...told.worker,
    },
    edge: { ...common, ...edgeVariables(places), ...told.edge },
  };
}

function edgeVariables({ platform: { storage }, door, cache }: Places): Variables {
  const { accessKeyId, secretAccessKey } = storage.keys["edge-reader"];
  return {
    WASABI_PREVIEWS_ACCESS_KEY: accessKeyId,
    WASABI_PREVIEWS_SECRET: secretAccessKey,
    CORS_ORIGINS: door.page,
    FETCH_TIMEOUT_MS: "10000",
    CACHE_PATH: join(cache, "segments"),
    CACHE_MAX_BYTES: String(256 * 2 ** 20),
  };
}
