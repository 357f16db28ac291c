import { resourceName } from "../../constructs/naming.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { CheckSkipped, type Violation } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { keysInState } from "./storage-access/keys.ts";
import type { ObservedStorage } from "../platform/observed-storage.ts";

/** The keys that the storage stack has, by their ids; undefined where its state may not be read. */
export async function knownKeyIds(session: Session): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await keysInState(session)).map(({ id }) => id));
  } catch (error) {
    if (error instanceof CheckSkipped) return undefined;
    throw error;
  }
}

/** Keys of the services' users that the storage stack does not have, each with the line that deletes it. */
export function surplusKeys(
  { environment, endpoints }: Session,
  { users }: ObservedStorage,
  known: ReadonlySet<string>,
): Violation[] {
  const ofRole = (role: ServiceRole) => users[role].keys.filter(({ id }) => !known.has(id));
  return serviceRoleNames.flatMap((role) =>
    ofRole(role).map(({ id, created }) => ({
      resource: `a key of ${role} that nobody configured`,
      expected: "none",
      found: `${id}${created ? `, made ${created.toISOString()}` : ""}`,
      fix: `\`AWS_ACCESS_KEY_ID=$TF_VAR_wasabi_access_key AWS_SECRET_ACCESS_KEY=$TF_VAR_wasabi_secret_key aws iam delete-access-key --endpoint-url ${endpoints.wasabiIam} --user-name ${resourceName(environment.config, role)} --access-key-id ${id}\``,
    })),
  );
}
