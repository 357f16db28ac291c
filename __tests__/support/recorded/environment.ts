import { environmentContract } from "../../../constructs/app/contract.ts";
import { logCredentials } from "../../../constructs/app/log-destination.ts";
import type { Environment } from "../../../environments/loading/load.ts";
import { storageKeyIds } from "../../../operations/platform/running-app.ts";
import { sealSecrets } from "../../../operations/secrets/seal.ts";
import { anEnvironment, withoutInsights } from "../environments.ts";
import { anObservedState } from "./platform.ts";

/** A value for every secret that a person supplies. */
export const everySecret: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...environmentContract.filter(({ source }) => source.kind === "secret").map(({ name }) => name),
    ...Object.values(logCredentials),
  ].map((name) => [name, `the value of ${name}, which nobody may guess`]),
);

/** Production as it was deployed once: its secrets are sealed. */
export function aDeployedEnvironment(): Environment {
  const environment = withoutInsights(anEnvironment());
  const { app } = anObservedState(environment);
  const known = {
    supplied: everySecret,
    storageKeyIds: storageKeyIds(app!.spec),
    sealed: undefined,
  };
  return { ...environment, sealed: sealSecrets(app!, known) };
}

/** The same with another image of the API, as the next release has it. */
export function theNextRelease(environment: Environment): Environment {
  const { images } = environment.release;
  return { ...environment, release: { images: { ...images, api: `sha256:${"5".repeat(64)}` } } };
}
