import {
  EnvironmentError,
  baseAddress,
  keySlot,
  list,
  port,
  processVariables,
  readEnvironment,
  storageVariables,
  text,
  wholeNumber,
} from "@mam-services/common/environment";
import type { SigningKeys } from "@mam-services/common/links";
import {
  playbackObjectives,
  requestObjectives,
} from "@mam-services/common/service-levels/objectives";

const variables = {
  ...processVariables,
  ...storageVariables,
  PORT: port,
  PREVIEWS_BUCKET: text,
  WASABI_PREVIEWS_ACCESS_KEY: text,
  WASABI_PREVIEWS_SECRET: text,
  EDGE_SIGNING_KEY_A: keySlot,
  EDGE_SIGNING_KEY_B: keySlot,
  CLOCK_SKEW_SECONDS: wholeNumber,
  CORS_ORIGINS: list,
  RATE_LIMIT_MAX: wholeNumber,
  RATE_LIMIT_WINDOW: wholeNumber,
  FETCH_TIMEOUT_MS: wholeNumber,
  CACHE_PATH: text,
  CACHE_MAX_BYTES: wholeNumber,
  ...requestObjectives,
  ...playbackObjectives,
  SERVICE_LEVELS_BASE: baseAddress.optional(),
};

/** What the edge is told: docs/environment-variables.md, column edge. */
export type EdgeEnvironment = ReturnType<typeof readEdgeEnvironment>;

/**
 * Reads the environment variables of the edge.
 *
 * @throws EnvironmentError also when both slots of the signing key are empty: it could serve nobody.
 */
export function readEdgeEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  const read = readEnvironment(variables, environment);
  const keys: SigningKeys = { A: read.EDGE_SIGNING_KEY_A, B: read.EDGE_SIGNING_KEY_B };
  if (keys.A === "" && keys.B === "") {
    throw new EnvironmentError(
      "EDGE_SIGNING_KEY_A and EDGE_SIGNING_KEY_B are both empty: one of them has to be there (docs/links.md).",
    );
  }
  return { ...read, keys };
}
