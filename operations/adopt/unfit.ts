import { InvalidEnvironments } from "../../environments/loading/load.ts";
import { type FileFinding, describeValue, valueAt } from "../../environments/rules/findings.ts";
import type { EnvironmentConfig, EnvironmentInput } from "../../environments/schema/environment.ts";
import type { Remark } from "./remark.ts";

/** What is known of the file that a rule objects to. */
interface Origin {
  /** Name of the environment that said what does not stand. */
  readonly from: string;
  /** What it says, with the values that the new one has of its own. */
  readonly otherwise: EnvironmentInput;
}

/** A description that holds, or why it does not. */
interface Fitting {
  readonly config?: EnvironmentConfig;
  readonly remarks?: readonly Remark[];
}

/**
 * Makes of what rules find in a description why it cannot be taken over: the file that their fixes are for was not written, so
 * that what is wrong has to be mended where it stands, or in the environment that it comes from.
 *
 * @throws InvalidEnvironments where it is about the name that a person said.
 */
export function fitting(check: () => EnvironmentConfig, origin: Origin): Fitting {
  try {
    return { config: check() };
  } catch (error) {
    if (!(error instanceof InvalidEnvironments)) throw error;
    if (error.findings.some(({ path }) => path === "name")) throw error;
    return { remarks: error.findings.map((finding) => unfit(finding, origin)) };
  }
}

const unfit = (finding: FileFinding, origin: Origin): Remark => ({
  fate: "refused",
  about: finding.path,
  what: `${finding.value}, where a rule expects ${finding.expected}`,
  todo: todoOf(finding, origin),
});

function todoOf({ path, value, fix }: FileFinding, { from, otherwise }: Origin): string {
  if (describeValue(valueAt(otherwise, path)) === value)
    return `in environments/${from}.ts, or say another --from: ${fix}`;
  if (path.startsWith("state.adopted") || path === "network.vpcCidr")
    return "give it one of its own first: what two environments share is in the states of both, and each changes it";
  return "change it where it stands first, in the control panel; then adopt";
}
