import { fileURLToPath } from "node:url";

import {
  EnvironmentError,
  list,
  processVariables,
  readEnvironment,
  text,
} from "@mam-services/common/environment";
import { createLogger } from "@mam-services/common/log";

import { migrate } from "./database/migrate.ts";

const variables = {
  ...processVariables,
  POSTGRES_URL: text,
  POSTGRES_CA_CERT: text,
  POSTGRES_APPLICATION_USERS: list,
};

/** Beside this file, in the sources as in the image. */
const directory = fileURLToPath(new URL("migrations", import.meta.url));

async function main(): Promise<void> {
  const environment = readEnvironment(variables, process.env);
  const log = createLogger("migrate", environment);
  try {
    await migrate({
      url: environment.POSTGRES_URL,
      certificateAuthority: environment.POSTGRES_CA_CERT,
      applicationUsers: environment.POSTGRES_APPLICATION_USERS,
      directory,
      log,
    });
  } catch (error) {
    log.fatal({ err: error }, "the migration failed");
    process.exitCode = 1;
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof EnvironmentError ? 2 : 1;
});
