import type { LedgerEntry } from "../ledger/entry.ts";
import { fingerprint } from "../secrets/seal.ts";
import type { ObservedData } from "../platform/observed-data.ts";

/** Fingerprints of passwords, by user: `mam_app of PostgreSQL`. The platform makes them, long and at random. */
export type Passwords = NonNullable<LedgerEntry["passwords"]>;

/**
 * Fingerprints of the passwords that the app's deployments take from the databases: App Platform fills bindable
 * variables in when it deploys, and the API neither says what it filled in nor when a password was made. A token that
 * may not see passwords sees none of them.
 */
export function passwordsOf({ postgres, valkey }: ObservedData): Passwords {
  const users = [
    ...(postgres?.users ?? []).map((user) => ({ ...user, of: "PostgreSQL" })),
    { name: "default", password: valkey?.cluster.connection?.password, of: "Valkey" },
  ];
  return Object.fromEntries(
    users.flatMap(({ name, password, of }) =>
      password ? [[`${name} of ${of}`, fingerprint(password)] as const] : [],
    ),
  );
}

/** Fingerprints of the passwords that a deployment of the app took; undefined for one that nobody recorded. */
export function takenBy(
  entries: readonly LedgerEntry[],
  deployment: string | undefined,
): Passwords | undefined {
  return entries.findLast(
    (entry) => entry.deployment === deployment && entry.passwords !== undefined,
  )?.passwords;
}

/** Users whose password is another one now. Users that were not there, or cannot be seen, are none of them. */
export function renewedUsers(taken: Passwords | undefined, present: Passwords): string[] {
  return Object.entries(taken ?? {}).flatMap(([user, password]) =>
    present[user] === undefined || present[user] === password ? [] : [user],
  );
}
