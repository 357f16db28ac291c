import { readEnvironment } from "@mam-services/common/environment";
import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { backupVariables } from "./environment.ts";
import { startBackup } from "./service.ts";

await runService(() => {
  const environment = readEnvironment(backupVariables, process.env);
  const logger = createLogger("backup", environment);
  return Promise.resolve(startBackup(environment, logger));
});
