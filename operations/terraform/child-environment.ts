import type { Variables } from "../context/variables.ts";
import { passedOn } from "./passed-on.ts";
import type { StackNeeds } from "./stack-needs.ts";

/** Asks no questions, calls only the platforms, and writes no colours into what is read by a program. */
const unattended = {
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
  CHECKPOINT_DISABLE: "1",
  NO_COLOR: "1",
};

/** Terraform sends a CRC32 with every state, which not every store accepts (measured with Terraform 1.11.4). */
const checksums = {
  AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
  AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
};

/**
 * Terraform and its providers look for memory that is free once what they use has tripled; by Go's own default once it has doubled.
 * A command of theirs lasts seconds: a fifth less of the processor, for a fifth more memory
 * (docs/decisions/0037-terraform-collects-less-often.md). Whoever sets GOGC gets what they set.
 */
const collecting = { GOGC: "200" };

/** Files that would lend the state backend and the AWS provider another account, another endpoint or another role. */
const noFiles = {
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** Needs nothing: for commands that only look at Terraform itself. */
export const noNeeds: StackNeeds = { variables: [], providers: [], backend: undefined };

/**
 * The whole environment of a Terraform process: what it needs of that of this one to run and to reach the platforms, the
 * secrets of its own stack, and what makes it fit to be run by a program. Everything else is withheld.
 */
export function terraformEnvironment(
  variables: Variables,
  needs: StackNeeds,
): Record<string, string> {
  const names = [...Object.keys(variables).filter(passedOn), ...secretsFor(needs)];
  const given = names
    .map((name) => [name, variables[name]] as const)
    .filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...collecting,
    ...Object.fromEntries(given),
    ...unattended,
    ...checksums,
    ...noFiles,
  };
}

/** Names of the variables with the secrets of a stack: its own, and the keys to what it talks to. */
function secretsFor({ variables, providers, backend }: StackNeeds): string[] {
  return [
    ...variables.map((name) => `TF_VAR_${name}`),
    ...(providers.includes("digitalocean") ? ["DIGITALOCEAN_TOKEN"] : []),
    ...(backend === "s3" ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] : []),
  ];
}
