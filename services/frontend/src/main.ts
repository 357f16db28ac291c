import { fileURLToPath } from "node:url";

import { readEnvironment } from "@mam-services/common/environment";
import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { frontendVariables } from "./environment.ts";
import { readFileNames } from "./page.ts";
import { createFrontend } from "./server.ts";

await runService(async () => {
  const variables = readEnvironment(frontendVariables, process.env);
  const directory = fileURLToPath(new URL("page", import.meta.url));
  const server = await createFrontend({
    logger: createLogger("frontend", variables),
    environment: variables.MAM_ENVIRONMENT,
    release: variables.RELEASE_DIGEST,
    hosts: { media: variables.NEXT_PUBLIC_EDGE_BASE, storage: variables.WASABI_ENDPOINT },
    apiPath: new URL(variables.NEXT_PUBLIC_API_BASE).pathname,
    directory,
    objectives: variables,
    countsBase: variables.SERVICE_LEVELS_BASE,
    files: await readFileNames(directory),
  });
  await server.listen({ port: variables.PORT, host: variables.HOST });
  return server;
});
