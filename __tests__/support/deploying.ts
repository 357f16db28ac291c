import { plainProgress } from "../../operations/context/progress.ts";
import type { DeploymentOptions } from "../../operations/deploy/deployment.ts";

/** Progress that nobody watches. */
export const silent = plainProgress(() => undefined);

/** A deployment that is confirmed as it is shown. */
export const confirmed: DeploymentOptions = {
  kind: "deployment",
  confirm: () => Promise.resolve(true),
  overrides: [],
  all: false,
  rollbackOnFailure: false,
};
