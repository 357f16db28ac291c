import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { readApiEnvironment } from "./environment.ts";
import { startApi } from "./service.ts";

await runService(async () => {
  const environment = readApiEnvironment(process.env);
  const log = createLogger("api", environment);
  return startApi(environment, log);
});
