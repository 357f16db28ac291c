import type { Environment } from "../../../environments/loading/load.ts";
import type { Comparison } from "../comparison.ts";
import type { ObservedState } from "../../platform/observed-state.ts";
import { type Addresses, expectedSpec } from "./expected.ts";
import { leavesOf, present } from "./leaves.ts";

/** Something in the app spec that is not as configured. */
export interface SpecDifference extends Comparison {
  /** Where it is, such as `services.api.instance_count`. */
  readonly path: string;
  readonly expected: string | undefined;
  readonly found: string | undefined;
}

/**
 * What nobody configured and may not be there all the same. Elsewhere the platform adds its own defaults to a spec, so
 * that what is more than configured means nothing.
 */
const unwanted = [
  /^maintenance\./,
  /\.cors\./,
  /\.redirect\./,
  /\.run_command$/,
  // The provider (2.99.1) does not know these: the next deployment takes them away without a word.
  /\.minimum_tls_version$/,
  /\.protocol$/,
  /\.autoscaling\.metrics\.request/,
];

/** Where the app's spec is not what the environment describes. */
export function specDifferences(
  environment: Environment,
  observed: Addresses & Pick<ObservedState, "app">,
): SpecDifference[] {
  if (!observed.app) {
    return [{ path: "", resource: "the app", expected: "an app", found: undefined }];
  }
  const expected = leavesOf(expectedSpec(environment, observed));
  const found = leavesOf(observed.app.spec);
  const missing = [...expected].filter(([path, value]) => found.get(path) !== value);
  const added = [...found].filter(
    ([path, value]) =>
      !expected.has(path) && (value === present || unwanted.some((pattern) => pattern.test(path))),
  );
  const paths = [...missing, ...added].map(([path]) => path);
  return paths
    .filter((path) => !paths.some((other) => isInside(path, other, expected, found)))
    .map((path) => ({
      path,
      resource: `${path} in the app spec`,
      expected: expected.get(path),
      found: found.get(path),
    }));
}

/** Whether a path lies in a member that is missing or added as a whole, which is said once. */
function isInside(
  path: string,
  member: string,
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): boolean {
  const isWhole = expected.has(member) !== found.has(member);
  return isWhole && path.startsWith(`${member}.`);
}
