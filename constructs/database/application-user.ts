import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Slot } from "../../environments/schema/rotation.ts";

/**
 * Name of the API's user in a slot. There are two, with the same rights: a password that is replaced locks out whoever
 * still has the old one, so the one whose password is replaced is the one that nobody uses.
 */
export function applicationUser({ database }: EnvironmentConfig, slot: Slot): string {
  return slot === "A" ? database.user : `${database.user}_b`;
}
