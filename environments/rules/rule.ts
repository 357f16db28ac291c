import { type FileFinding, describeValue, valueAt } from "./findings.ts";
import { UnreadableField } from "../schema/partial.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";

/**
 * One cross-field rule as data. A rule states what is wrong with a combination of values that are each fine alone, and
 * how to mend it: adding one is adding a row.
 */
export interface Rule {
  /** Dotted path of the value that a person would change. */
  readonly path: string;
  /** Whether the environment breaks the rule. */
  readonly fails: (environment: EnvironmentConfig) => boolean;
  /** What was expected, and why. */
  readonly expected: string | ((environment: EnvironmentConfig) => string);
  /** The line that mends it. */
  readonly fix: string | ((environment: EnvironmentConfig) => string);
}

/** Builds the findings of the rules that an environment breaks. `input` is what the file says, for the values shown. */
export function brokenRules(
  rules: readonly Rule[],
  environment: EnvironmentConfig,
  file: string,
  input: unknown,
): FileFinding[] {
  const text = (part: Rule["fix"]) => (typeof part === "string" ? part : part(environment));
  return rules
    .filter((rule) => failsWhereReadable(rule, environment))
    .map((rule) => ({
      file,
      path: rule.path,
      value: describeValue(valueAt(input, rule.path) ?? valueAt(environment, rule.path)),
      expected: text(rule.expected),
      fix: text(rule.fix),
    }));
}

/** A rule about a field that has a finding of its own says nothing: that field comes first. */
function failsWhereReadable(rule: Rule, environment: EnvironmentConfig): boolean {
  try {
    return rule.fails(environment);
  } catch (error) {
    if (error instanceof UnreadableField) return false;
    throw error;
  }
}
