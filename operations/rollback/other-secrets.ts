import { environmentContract } from "../../constructs/app/contract.ts";
import { isSecret } from "../../constructs/app/contract/variable.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { variableOf } from "../platform/running-app.ts";

/**
 * What a platform's rollback brings back of secrets, for whoever decides: those that were replaced since, by a rotation as
 * after a leak. Empty when all of them are what runs.
 *
 * @param other the specification that is gone back to.
 * @param line how they are kept.
 */
export function renderOtherSecrets(
  running: AppSpec | null | undefined,
  other: AppSpec | null | undefined,
  line: string,
): string {
  if (!running || !other) return "";
  const names = environmentContract.filter(isSecret).flatMap(({ name, components }) => {
    const holders = components.filter((holder) => differs(running, other, holder, name));
    return holders.length === 0 ? [] : [`${name} of ${holders.join(", ")}`];
  });
  if (names.length === 0) return "";
  return [
    `Secrets that were replaced since come back, too: ${names.join("; ")}.`,
    "  A signing key that was retired opens again what it signed; with a storage key that was retired its component does not run.",
    `  Today's secrets stay with ${line}`,
    "",
  ].join("\n");
}

function differs(running: AppSpec, other: AppSpec, holder: string, name: string): boolean {
  const [now, then] = [running, other].map((spec) => variableOf(spec, holder, name));
  return now !== undefined && then !== undefined && now !== then;
}
