import type { TerraformElement } from "cdktf";

import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/**
 * Lifecycle of what holds data or an address that others rely on: Terraform refuses to destroy or replace it unless the
 * environment says in writing that it may.
 */
export function statefulLifecycle({ state }: EnvironmentConfig) {
  return { preventDestroy: !state.destroy.allowed };
}

/**
 * Pins the name under which Terraform's state knows a stateful resource. Its construct can then move to another folder
 * or parent without Terraform reading the move as "destroy the database and create another".
 */
export function pinLogicalId(element: TerraformElement, logicalId: string): void {
  element.overrideLogicalId(logicalId);
}
