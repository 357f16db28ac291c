import { environmentContract } from "../../constructs/app/contract.ts";
import { signingKeyNames } from "../../environments/schema/rotation.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Violation } from "../context/check.ts";
import { isCiphertext } from "../plan/noise.ts";
import { differingComponents } from "../secrets/retired/supplied.ts";
import { variableOf } from "../platform/running-app.ts";
import { slotUse, slotVariable } from "../secrets/slotted.ts";
import { type Files, older } from "./files.ts";
import { isRefilled } from "./rotation.ts";
import type { lastStamp } from "./stamp.ts";

interface Ciphertext {
  readonly component: string;
  readonly name: string;
  readonly sealed: string;
  readonly running: string;
}

/**
 * Whether the sealed file is older. A ciphertext comes from the platform, so the app's deployments say which of two came
 * first: the one that they had first. After a rollback of the platform's own that is the one that runs, and the file is
 * newer.
 *
 * @param app the app, with the specification that it runs with.
 * @param specs specifications of all its deployments, oldest first; asked for only when something differs.
 */
export async function olderSealed(
  files: Files,
  app: { readonly id: string; readonly spec: AppSpec },
  last: ReturnType<typeof lastStamp>,
  specs: () => Promise<readonly AppSpec[]>,
): Promise<Violation[]> {
  const { sealed } = files.environment;
  if (!sealed) {
    if (last?.files.sealed !== true) return [];
    return [older(files, "sealed", `missing, and release ${last.release} had it`)];
  }
  // The doctor says so of a file of another app.
  if (sealed.app !== app.id) return [];
  const differing = differences(files, app.spec);
  if (differing.length === 0) return [];
  const known = await specs();
  const found = differing
    .filter((one) => firstIn(known, one, one.sealed) < firstIn(known, one, one.running))
    .map(({ component, name }) => `an older ${name} of ${component} than the one that runs`);
  return found.length > 0 ? [older(files, "sealed", found.join("; "))] : [];
}

/** Position of the first deployment that had a ciphertext; before all of them for one that is older than they. */
function firstIn(specs: readonly AppSpec[], { component, name }: Ciphertext, text: string): number {
  return specs.findIndex((spec) => variableOf(spec, component, name) === text);
}

/**
 * Sealed secrets that the app runs with another ciphertext of, and that a deployment would send. A storage key is sent
 * as it was sealed only where it still is the key that is active.
 */
function differences({ environment, supplied }: Files, spec: AppSpec): Ciphertext[] {
  return environmentContract
    .filter(({ source }) => source.kind === "secret")
    .flatMap(({ name, components }) => {
      if (isReplaced(environment.rotation, name)) return [];
      const { [name]: value } = supplied;
      const others = value === undefined ? [] : differingComponents(environment, name, value);
      return components.flatMap((component) => {
        const sealed = environment.sealed?.components[component]?.[name]?.ciphertext;
        const running = variableOf(spec, component, name);
        if (sealed === undefined || running === undefined || running === sealed) return [];
        // What stands in clear was put there by hand, and is no newer secret: a deployment takes it back.
        if (!isCiphertext(running)) return [];
        return others.includes(component) ? [] : [{ component, name, sealed, running }];
      });
    });
}

/** Whether a rotation that is under way replaces the value of a variable, so that an interrupted one has not sealed it. */
function isReplaced(rotation: Files["environment"]["rotation"], name: string): boolean {
  return (
    slotUse(rotation, name) === "idle" &&
    signingKeyNames.some(
      (key) => isRefilled(rotation, key) && name.startsWith(slotVariable(key, "A").slice(0, -1)),
    )
  );
}
