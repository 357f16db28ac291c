import { databaseComponents } from "../../constructs/app/context.ts";
import { environmentContract } from "../../constructs/app/contract.ts";
import {
  type SlottedName,
  type Slot,
  signingKeyNames,
  slots,
} from "../../environments/schema/rotation.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { variableOf } from "../platform/running-app.ts";
import { selectorVariable } from "./slotted.ts";

/**
 * The slot that an app uses of each secret, as far as its specification says: by the selector of a signing key, and by
 * the user that the API connects as. Which slot a storage key is in only the state says.
 */
export function runningSlots(spec: AppSpec): Readonly<Partial<Record<SlottedName, Slot>>> {
  const url = variableOf(spec, "api", "POSTGRES_URL");
  const user = slots.find((slot) =>
    url?.includes(`\${${databaseComponents.application[slot]}.USERNAME}`),
  );
  const keys = signingKeyNames.flatMap((key) => {
    const selector = selectorVariable(key);
    const [holder = ""] = environmentContract
      .filter(({ name }) => name === selector)
      .flatMap(({ components }) => components);
    const value = variableOf(spec, holder, selector);
    const slot = slots.find((one) => one === value);
    return slot ? [[key, slot] as const] : [];
  });
  return Object.fromEntries([...keys, ...(user ? [["database-user", user] as const] : [])]);
}
