import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { readEdgeEnvironment } from "./environment.ts";
import { createEdge } from "./server.ts";

await runService(async () => {
  const environment = readEdgeEnvironment(process.env);
  const server = await createEdge(
    environment,
    createLogger({
      service: "edge",
      environment: environment.MAM_ENVIRONMENT,
      release: environment.RELEASE_DIGEST,
      level: environment.LOG_LEVEL,
    }),
  );
  await server.listen({ host: environment.HOST, port: environment.PORT });
  return server;
});
