import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { readApiEnvironment } from "./environment.ts";
import { startApi } from "./service.ts";

await runService(async () => {
  const environment = readApiEnvironment(process.env);
  const log = createLogger({
    service: "api",
    environment: environment.MAM_ENVIRONMENT,
    release: environment.RELEASE_DIGEST,
    level: environment.LOG_LEVEL,
  });
  return startApi(environment, log);
});
