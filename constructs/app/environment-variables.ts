import type { AppSpecServiceEnv } from "@cdktf/provider-digitalocean/lib/app/index.js";

import type { AppContext, VariableComponent } from "./context.ts";
import { environmentContract } from "./contract.ts";
import { type ContractVariable, isSecret } from "./contract/variable.ts";

/**
 * The environment variables of a component, made from the contract. Type and scope are always written out: a variable
 * that leaves one to the platform differs from what the platform reports, on every plan.
 */
export function environmentVariables(
  context: AppContext,
  component: VariableComponent,
): AppSpecServiceEnv[] {
  return environmentContract
    .filter(({ components, leftOut }) => {
      const isGiven = !leftOut?.isSo(context.config);
      return isGiven && components.includes(component);
    })
    .map((variable) => ({
      key: variable.name,
      value: valueOf(variable, context, component),
      type: isSecret(variable) ? "SECRET" : "GENERAL",
      scope: "RUN_TIME",
    }));
}

function valueOf(
  { name, source }: ContractVariable,
  context: AppContext,
  component: VariableComponent,
): string {
  switch (source.kind) {
    case "value":
      return source.of(context, component);
    case "secret":
      return context.secrets.supplied(component, name);
    case "storage-key":
      return context.secrets.storageKey(component, name, context.storageKeys[source.role]);
  }
}
