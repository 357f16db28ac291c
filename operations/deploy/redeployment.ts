import type { Release } from "../../environments/schema/release.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import type { ObservedData } from "../platform/observed-data.ts";
import { passwordsOf, renewedUsers, takenBy } from "../verify/passwords.ts";
import { type SettledApp, runs } from "../platform/deployments.ts";

/** From what it is decided whether the app has to be deployed although no plan of it changes anything. */
export interface RedeploymentContext {
  /** The app before anything is applied; undefined when there is none. */
  readonly before: SettledApp | undefined;
  readonly release: Release;
  readonly planned: readonly PlannedStack[];
  /** The ledger, oldest entry first. */
  readonly entries: readonly LedgerEntry[];
  /** What stands of the data stack; undefined when it was not asked for, because it is planned. */
  readonly data: ObservedData | undefined;
}

/**
 * Why the app has to be deployed again, a sentence each; none when it need not, or when a plan of it does so anyway.
 *
 * Terraform sees neither a deployment that failed nor a password that was made since: App Platform fills passwords in
 * when it deploys, and what it filled in is nowhere to be read.
 */
export function redeploymentReasons(context: RedeploymentContext): string[] {
  const { before, release, planned, entries, data } = context;
  const app = planned.find(({ stack }) => stack.kind === "app");
  if (!before || app?.saved.changes) return [];
  const taken = takenBy(entries, before.app.active_deployment?.id);
  return [
    ...(app && !runs(before, release) ? ["it does not run the release"] : []),
    ...(data ? renewedUsers(taken, passwordsOf(data)) : []).map(
      (user) => `the password of ${user} is newer than its deployment`,
    ),
    ...usersToMake(planned).map((user) => `the database user ${user} gets another password`),
  ];
}

/** Names of the database users that a plan makes: each gets a password that no deployment of the app has. */
function usersToMake(planned: readonly PlannedStack[]): string[] {
  return planned
    .flatMap(({ saved }) => saved.plan.resource_changes)
    .filter(({ type }) => type === "digitalocean_database_user")
    .filter(({ change }) => change.actions.includes("create"))
    .map(({ change }) => String((change.after as { readonly name?: unknown } | null)?.name));
}
