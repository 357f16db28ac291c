import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/**
 * Packages that take longer to load than a small command takes to end, each loaded where it is first used. `require` and
 * not `import()`, because making a client is not asynchronous.
 */
export const packages = {
  iam: () => load("@aws-sdk/client-iam") as typeof import("@aws-sdk/client-iam"),
  presigner: () =>
    load("@aws-sdk/s3-request-presigner") as typeof import("@aws-sdk/s3-request-presigner"),
  s3: () => load("@aws-sdk/client-s3") as typeof import("@aws-sdk/client-s3"),
  sts: () => load("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts"),
  undici: () => load("undici") as typeof import("undici"),
} as const;
