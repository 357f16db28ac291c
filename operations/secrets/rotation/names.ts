import { applicationUser } from "../../../constructs/database/application-user.ts";
import {
  type SigningKeyName,
  type Slot,
  type SlottedName,
  type StorageRoleName,
  signingKeyNames,
  slottedNames,
  storageKeyName,
  storageRoleNames,
} from "../../../environments/schema/rotation.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { NotConfigured } from "../../context/credentials.ts";

/** What a person may write for several secrets at once. */
const groups: Readonly<Record<string, readonly SlottedName[]>> = {
  "signing-keys": signingKeyNames,
  "storage-keys": storageRoleNames.map(storageKeyName),
};

/** The administrator of PostgreSQL, whose password has no slots: only migrations use it. */
export const administratorName = "database-administrator";

/** Everything that can be named on the command line. */
export const rotatable: readonly string[] = [
  ...slottedNames,
  ...Object.keys(groups),
  administratorName,
];

/**
 * Reads the names of secrets with slots on a command line, groups included, each secret once.
 *
 * @throws NotConfigured with every unknown name, and the known ones.
 */
export function parseNames(words: readonly string[]): SlottedName[] {
  const unknown = words.filter((word) => !rotatable.includes(word));
  if (unknown.length > 0) {
    throw new NotConfigured(
      `${unknown.join(", ")}: no such secret\n  those that rotate: ${rotatable.join(", ")}`,
    );
  }
  const named = new Set<string>(words.flatMap((word) => groups[word] ?? word));
  return slottedNames.filter((name) => named.has(name));
}

/** What kind of secret a name stands for. */
export type Slotted =
  | { readonly kind: "signing key"; readonly key: SigningKeyName }
  | { readonly kind: "storage key"; readonly role: StorageRoleName }
  | { readonly kind: "database user" };

/** Tells what a name stands for. */
export function slottedOf(name: SlottedName): Slotted {
  const key = signingKeyNames.find((one) => one === name);
  if (key) return { kind: "signing key", key };
  const role = storageRoleNames.find((one) => storageKeyName(one) === name);
  return role ? { kind: "storage key", role } : { kind: "database user" };
}

/** What is in a slot of a secret, as a person calls it. */
export function contentOf(config: EnvironmentConfig, name: SlottedName, slot: Slot): string {
  const slotted = slottedOf(name);
  switch (slotted.kind) {
    case "signing key":
      return `slot ${slot}`;
    case "storage key":
      return `key ${slot}`;
    case "database user":
      return applicationUser(config, slot);
  }
}
