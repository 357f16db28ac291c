import {
  EnvironmentError,
  amount,
  baseAddress,
  keySlot,
  list,
  port,
  processVariables,
  readEnvironment,
  slotName,
  storageVariables,
  text,
  wholeNumber,
} from "@mam-services/common/environment";
import type { SigningKeys, Slot } from "@mam-services/common/links";
import {
  playbackObjectives,
  requestObjectives,
} from "@mam-services/common/service-levels/objectives";

const variables = {
  ...processVariables,
  ...storageVariables,
  PORT: port,
  POSTGRES_URL: text,
  POSTGRES_CA_CERT: text,
  REDIS_URL: text,
  PREVIEW_STREAM: text,
  STAGING_BUCKET: text,
  MASTERS_BUCKET: text,
  PREVIEWS_BUCKET: text,
  WASABI_STAGING_ACCESS_KEY: text,
  WASABI_STAGING_SECRET: text,
  WASABI_MASTERS_ACCESS_KEY: text,
  WASABI_MASTERS_SECRET: text,
  OBJECT_LOCK_DEFAULT_DAYS: wholeNumber,
  UPLOAD_MAX_BYTES: wholeNumber,
  UPLOAD_PART_BYTES: wholeNumber,
  UPLOAD_URL_TTL_SECONDS: wholeNumber,
  EDGE_SIGNING_KEY_A: keySlot,
  EDGE_SIGNING_KEY_B: keySlot,
  EDGE_SIGNING_KEY_ACTIVE: slotName,
  JWT_SECRET_A: keySlot,
  JWT_SECRET_B: keySlot,
  JWT_SECRET_ACTIVE: slotName,
  COOKIE_SECRET_A: keySlot,
  COOKIE_SECRET_B: keySlot,
  COOKIE_SECRET_ACTIVE: slotName,
  EDGE_PUBLIC_BASE: baseAddress,
  ACCESS_TOKEN_TTL_SECONDS: wholeNumber,
  REFRESH_TOKEN_TTL_SECONDS: wholeNumber,
  SHARE_LINK_TTL_SECONDS: wholeNumber,
  CLOCK_SKEW_SECONDS: wholeNumber,
  ALLOWED_ORIGINS: list,
  RATE_LIMIT_MAX: wholeNumber,
  RATE_LIMIT_WINDOW: wholeNumber,
  RL_PRESIGN_MAX: wholeNumber,
  RL_PRESIGN_WINDOW: wholeNumber,
  RL_PROMOTE_MAX: wholeNumber,
  RL_PROMOTE_WINDOW: wholeNumber,
  ...requestObjectives,
  ...playbackObjectives,
  SERVICE_LEVEL_P95_MS: wholeNumber.default(800),
  SERVICE_LEVEL_OLDEST_JOB_SECONDS: wholeNumber.default(600),
  SERVICE_LEVEL_FAILED_JOBS_PERCENT: amount.default(10),
  SERVICE_LEVEL_DEAD_LETTERS: wholeNumber.default(0),
  /** 0 where no backup is configured: then it is not judged. */
  SERVICE_LEVEL_BACKUP_AGE_HOURS: wholeNumber.default(0),
  /** Undefined where the spec that deploys the image knows no internal port: then it opens none. */
  INTERNAL_PORT: port.optional(),
};

/** What the platform tells the API, by the names of docs/environment-variables.md. */
export type Environment = ReturnType<typeof readEnvironment<typeof variables>>;

/** A key that is rotated: both slots verify, the active one signs. */
export interface RotatedKey {
  readonly keys: SigningKeys;
  readonly active: Slot;
}

type KeyName = "EDGE_SIGNING_KEY" | "JWT_SECRET" | "COOKIE_SECRET";

/** The two slots of a key, and which of them signs. */
export function rotatedKey(environment: Environment, name: KeyName): RotatedKey {
  const keys = { A: environment[`${name}_A`], B: environment[`${name}_B`] };
  return { keys, active: environment[`${name}_ACTIVE`] };
}

/**
 * Reads the API's environment.
 *
 * @throws EnvironmentError that names what is missing; also when the slot that shall sign has no key.
 */
export function readApiEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Environment {
  const environment = readEnvironment(variables, source);
  for (const name of ["EDGE_SIGNING_KEY", "JWT_SECRET", "COOKIE_SECRET"] as const) {
    const { keys, active } = rotatedKey(environment, name);
    if (keys[active] === "")
      throw new EnvironmentError(`${name}_${active} is empty, but ${name}_ACTIVE names it`);
  }
  return environment;
}
