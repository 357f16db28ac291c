import type { Variables } from "../command/session.ts";

/** Asks nobody, calls nobody but the platforms, and writes no colours into what is read by a program. */
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
 * Variables that would make the stacks get into each other's way: one data directory for all of them, one workspace,
 * and logs of requests with their secrets.
 */
const withheld = new Set([
  "TF_DATA_DIR",
  "TF_WORKSPACE",
  "TF_LOG",
  "TF_LOG_CORE",
  "TF_LOG_PROVIDER",
]);

/** The environment of a Terraform process: that of this one, made fit to be run by a program. */
export function terraformEnvironment(variables: Variables): Record<string, string> {
  const inherited = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheld.has(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...unattended, ...checksums };
}
