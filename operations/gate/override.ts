import { NotConfigured } from "../context/credentials.ts";
import { overridableRules } from "./rules.ts";

/** A rule that a person lets pass once, and why. It is recorded with the release. */
export interface Override {
  readonly rule: string;
  readonly reason: string;
}

/**
 * Reads `--override <rule>=<reason>`.
 *
 * @throws NotConfigured naming the rules that may be overridden, when this one is not among them or the reason is missing.
 */
export function parseOverride(text: string): Override {
  const [rule = "", ...rest] = text.split("=");
  const reason = rest.join("=").trim();
  if (overridableRules.includes(rule) && reason !== "") return { rule, reason };
  const wrong = overridableRules.includes(rule) ? "it gives no reason" : `there is no rule ${rule}`;
  throw new NotConfigured(
    `--override ${text}: ${wrong}. Write --override <rule>=<reason>, with a rule of: ${overridableRules.join(", ")}`,
  );
}
