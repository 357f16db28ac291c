import { serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { type Secret, inventory } from "./inventory.ts";
import { serviceKeys } from "./service-keys.ts";

const dayMilliseconds = 86_400_000;

/** A secret with its age. */
export interface AgedSecret extends Secret {
  /** Whole days; undefined when it is not known. */
  readonly days: number | undefined;
}

/**
 * Every secret with its age: since it was sealed, or since Wasabi made the key. A storage key's age is unknown without
 * Wasabi's credentials, and a database password's until it was rotated: the platform does not say.
 */
export async function agedSecrets(session: Session, now: Date): Promise<AgedSecret[]> {
  const created = await keyDates(session);
  return inventory(session.environment, session.supplied).map((secret) => {
    const since = (secret.keyId && created.get(secret.keyId)) ?? secret.since;
    return { ...secret, days: since === undefined ? undefined : daysSince(since, now) };
  });
}

function daysSince(since: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / dayMilliseconds));
}

/** When Wasabi made each key of the services, by access key id; nothing without credentials. */
async function keyDates(session: Session): Promise<ReadonlyMap<string, string>> {
  try {
    const keys = await Promise.all(serviceRoleNames.map((role) => serviceKeys(session, role)));
    return new Map(keys.flat().map(({ id, created }) => [id, created]));
  } catch (error) {
    if (error instanceof NotConfigured) return new Map();
    throw error;
  }
}
