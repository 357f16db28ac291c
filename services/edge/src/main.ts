import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { readEdgeEnvironment } from "./environment.ts";
import { createEdge } from "./server.ts";

await runService(async () => {
  const environment = readEdgeEnvironment(process.env);
  const server = await createEdge(environment, createLogger("edge", environment));
  await server.listen({ host: environment.HOST, port: environment.PORT });
  return server;
});
