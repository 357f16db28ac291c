import type { ContractVariable } from "../../constructs/app/contract/variable.ts";
import { terraformVariable } from "../secrets/slotted.ts";

/** Where a variable of the services comes from, in words: what the documentation says of it. */
export function variableSource({ name, source }: ContractVariable): string {
  switch (source.kind) {
    case "value":
      return source.from;
    case "secret":
      return `sealed, or \`${terraformVariable(name)}\``;
    case "storage-key":
      return `sealed, or the storage stack's key of the role \`${source.role}\``;
  }
}
