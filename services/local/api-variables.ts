import type { TestDatabase, TestValkey } from "../../packages/engines/src/index.ts";
import { type TestStorage, lockDays } from "./storage.ts";

/** Environment of a program: what the platform tells it and nothing else. */
export type Variables = Readonly<Record<string, string>>;

/** The account that tests sign in with. */
export const account = { email: "ada@example.com", password: "correct horse battery" };

/** Keys of 64 letters, one for each slot of each kind. */
const slot = (letter: string) => letter.repeat(64);

/** Origin of the page. */
export const pageOrigin = "http://mam.localhost:8080";

/** What an instance of the api is told, whoever starts it. */
export function variablesOf(
  database: Pick<TestDatabase, "api">,
  valkey: Pick<TestValkey, "REDIS_URL" | "authorityFile">,
  storage: TestStorage,
): Variables {
  const { buckets, keys } = storage;
  return {
    NODE_ENV: "production",
    MAM_ENVIRONMENT: "test",
    LOG_LEVEL: "info",
    RELEASE_DIGEST: "sha256:test",
    HOST: "127.0.0.1",
    PORT: "0",
    ...database.api,
    REDIS_URL: valkey.REDIS_URL,
    NODE_EXTRA_CA_CERTS: valkey.authorityFile,
    PREVIEW_STREAM: "previews:build",
    WASABI_ENDPOINT: storage.endpoint,
    WASABI_REGION: storage.region,
    STAGING_BUCKET: buckets.staging,
    MASTERS_BUCKET: buckets.masters,
    PREVIEWS_BUCKET: buckets.previews,
    WASABI_STAGING_ACCESS_KEY: keys.uploader.accessKeyId,
    WASABI_STAGING_SECRET: keys.uploader.secretAccessKey,
    WASABI_MASTERS_ACCESS_KEY: keys.promoter.accessKeyId,
    WASABI_MASTERS_SECRET: keys.promoter.secretAccessKey,
    OBJECT_LOCK_DEFAULT_DAYS: String(lockDays),
    UPLOAD_MAX_BYTES: String(2 ** 30),
    UPLOAD_PART_BYTES: String(5 * 2 ** 20),
    UPLOAD_URL_TTL_SECONDS: "900",
    EDGE_SIGNING_KEY_A: slot("a"),
    EDGE_SIGNING_KEY_B: slot("b"),
    EDGE_SIGNING_KEY_ACTIVE: "A",
    JWT_SECRET_A: slot("c"),
    JWT_SECRET_B: slot("d"),
    JWT_SECRET_ACTIVE: "A",
    COOKIE_SECRET_A: slot("e"),
    COOKIE_SECRET_B: slot("f"),
    COOKIE_SECRET_ACTIVE: "A",
    EDGE_PUBLIC_BASE: "http://media.mam.localhost:8080",
    ACCESS_TOKEN_TTL_SECONDS: "900",
    REFRESH_TOKEN_TTL_SECONDS: "86400",
    SHARE_LINK_TTL_SECONDS: "600",
    CLOCK_SKEW_SECONDS: "0",
    ALLOWED_ORIGINS: pageOrigin,
    RATE_LIMIT_MAX: "100000",
    RATE_LIMIT_WINDOW: "60000",
    RL_PRESIGN_MAX: "100000",
    RL_PRESIGN_WINDOW: "60000",
    RL_PROMOTE_MAX: "100000",
    RL_PROMOTE_WINDOW: "60000",
  };
}
