import { apiStatements } from "./api/api.ts";
import { answerStatements } from "./edge/answers.ts";
import { linkStatements } from "./edge/links.ts";
import { frontendStatements } from "./frontend/page.ts";
import { logStatements } from "./logs/lines.ts";
import { processStatements } from "./processes/ending.ts";
import { healthOf } from "./processes/health.ts";
import { limitStatements } from "./reference-api/limits.ts";
import { pipelineStatements } from "./reference-api/pipeline.ts";
import { sessionStatements } from "./reference-api/sessions.ts";
import { uploadStatements } from "./reference-api/uploads.ts";
import { levelsOf } from "./service-levels/levels.ts";
import type { Statement } from "./statement.ts";
import { previewStatements } from "./worker/preview.ts";
import { queueStatements } from "./worker/queue.ts";

/** Every statement, in the order in which they are checked; what images logged meanwhile is looked at last. */
export const statements: readonly Statement[] = [
  healthOf("edge"),
  ...linkStatements,
  ...answerStatements,
  levelsOf("edge"),
  ...frontendStatements,
  levelsOf("frontend"),
  ...apiStatements,
  levelsOf("api"),
  healthOf("worker"),
  ...previewStatements,
  ...queueStatements,
  ...sessionStatements,
  ...uploadStatements,
  ...pipelineStatements,
  ...limitStatements,
  ...processStatements,
  ...logStatements,
];
