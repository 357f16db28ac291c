import type { Slot, StorageRoleName } from "../../environments/schema/rotation.ts";

/** Name of the resource that is a role's key in a slot, as a plan has it. */
export function accessKeyName(role: StorageRoleName, slot: Slot): string {
  return `${role.replaceAll("-", "_")}_key_${slot.toLowerCase()}`;
}
