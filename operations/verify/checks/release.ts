import type { Check } from "../../command/check.ts";
import { releaseComparisons } from "../app.ts";
import type { VerifyContext } from "../context.ts";
import { compared } from "./compared.ts";

/** Whether what was released is what runs. */
export const releaseChecks: readonly Check<VerifyContext>[] = [
  compared(
    {
      id: "release",
      severity: "error",
      what: "The active deployment runs the images of the release file.",
      why: "A deployment that failed leaves the old images running although state and plan say otherwise.",
      fix: "run `mam deploy`, which deploys the release file again and says why it fails",
    },
    releaseComparisons,
  ),
];
