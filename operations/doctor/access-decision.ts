import type { PolicyStatement } from "./policy-document.ts";
import { dependsOnRequest, matchesPattern } from "./policy-pattern.ts";

/** A policy that bears on a user. */
export interface HeldPolicy {
  /** As a person finds it: `the policy "backup" of the group crew`. */
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

/** The policies of a user, as far as they can be read. */
export interface HeldPolicies {
  readonly read: readonly HeldPolicy[];
  /** What could not be read, each with the reason. */
  readonly unread: readonly string[];
}

/** What a user wants to do. */
export interface WantedAction {
  /** ARN of the user. */
  readonly caller: string;
  /** Such as `iam:CreateUser`. */
  readonly action: string;
  /** ARN of what it is done to. */
  readonly resource: string;
}

/** What policies say of an action: `undecided` where they cannot be read, or depend on the request itself. */
export interface AccessDecision {
  readonly outcome: "allowed" | "refused" | "undecided";
  readonly because: string;
}

/** A statement that bears on an action. */
interface Bearing {
  readonly effect: PolicyStatement["Effect"];
  /** Whether only a request shows that it does. */
  readonly conditional: boolean;
  /** The policy, and the statement in it. */
  readonly said: string;
}

/**
 * What policies say of an action, by IAM's rule: a Deny beats every Allow, and silence refuses
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). Conditions are not decided: what
 * they ask for is known of a request only.
 */
export function decideAccess(wanted: WantedAction, { read, unread }: HeldPolicies): AccessDecision {
  const bearings = read.flatMap((policy) => bearingsOf(policy, wanted));
  const find = (effect: Bearing["effect"], conditional: boolean) =>
    bearings.find((one) => one.effect === effect && one.conditional === conditional)?.said;
  const denial = find("Deny", false);
  if (denial !== undefined) return { outcome: "refused", because: `denied by ${denial}` };
  const allowance = find("Allow", false);
  const condition = find("Deny", true) ?? (allowance === undefined && find("Allow", true));
  const open = unread[0] ?? (condition && `${condition} depends on the request`);
  if (open) return { outcome: "undecided", because: open };
  return allowance === undefined
    ? { outcome: "refused", because: "no policy allows it" }
    : { outcome: "allowed", because: `allowed by ${allowance}` };
}

function bearingsOf({ name, statements }: HeldPolicy, wanted: WantedAction): Bearing[] {
  return statements.flatMap((statement, index) => {
    const about = isAbout(statement, wanted);
    if (about === "no") return [];
    return {
      effect: statement.Effect,
      conditional: about === "perhaps" || statement.Condition !== undefined,
      said: `${name}, ${statement.Sid ?? `statement ${index + 1}`}`,
    };
  });
}

function isAbout(statement: PolicyStatement, { caller, action, resource }: WantedAction) {
  const userName = caller.split("/").at(-1) ?? "";
  const { Action, NotAction = [], Resource, NotResource = [] } = statement;
  // Actions are compared without regard to case, resources with.
  const listsAction = (Action ?? NotAction).some((pattern) =>
    matchesPattern(pattern.toLowerCase(), action.toLowerCase(), userName),
  );
  if (listsAction !== (Action !== undefined)) return "no";
  const patterns = Resource ?? NotResource;
  const listsResource = patterns.some((pattern) => matchesPattern(pattern, resource, userName));
  if (!listsResource && patterns.some(dependsOnRequest)) return "perhaps";
  return listsResource === (Resource !== undefined) ? "yes" : "no";
}
