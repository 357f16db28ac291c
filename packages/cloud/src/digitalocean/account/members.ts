import { unprocessable } from "../api/errors.ts";
import type { ApiError } from "../api/errors.ts";
import type { Store } from "../store.ts";

/**
 * Checks that mails go to people of the team: alerts are delivered to verified members only. Source:
 * `apps/apps_assign_alertDestinations.yml` ("Emails must be associated to a user with access to the app"); that
 * monitoring and uptime alerts follow the same rule is an assumption.
 *
 * @throws what `refuse` makes of the message, by default an ApiError 422.
 */
export function mustBeMembers(
  { account }: Store,
  emails: readonly string[],
  refuse: (message: string) => ApiError = unprocessable,
): void {
  const stranger = emails.find((email) => !account.members.includes(email));
  if (stranger !== undefined) throw refuse(`email ${stranger} is not a verified team member`);
}
