import { readEnvironment } from "@mam-services/common/environment";
import { createLogger } from "@mam-services/common/log";
import { runService } from "@mam-services/common/main";

import { findCard } from "./card/find.ts";
import { workerVariables } from "./environment.ts";
import { checkFfmpeg } from "./ffmpeg/check.ts";
import { startWorker } from "./worker.ts";

await runService(async () => {
  const environment = readEnvironment(workerVariables, process.env);
  const logger = createLogger("worker", environment);
  await checkFfmpeg(environment.FFMPEG_PATH);
  return startWorker(environment, logger, await findCard(environment.FFMPEG_PATH));
});
