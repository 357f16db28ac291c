import {
  type SlotState,
  type SlottedName,
  slottedNames,
} from "../../environments/schema/rotation.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Violation } from "../context/check.ts";
import { runningSlots } from "../secrets/running-slots.ts";
import { type Files, older } from "./files.ts";
import type { lastStamp } from "./stamp.ts";

/**
 * Whether the rotation file is older. The ledger has the revision of each secret that was deployed last. Where it says
 * nothing, the platform does: everything begins in slot A, so an app that uses slot B of a secret that the file calls
 * never rotated knows a rotation that the file does not. The other way round, the app is what is behind.
 */
export function olderRotation(
  files: Files,
  spec: AppSpec,
  last: ReturnType<typeof lastStamp>,
): Violation[] {
  const { rotation } = files.environment;
  const slots = runningSlots(spec);
  const found = slottedNames.flatMap((name) => {
    const { revision = 0 } = rotation[name];
    const deployed = last?.files.rotation[name] ?? 0;
    if (revision < deployed) {
      return [
        `${name} in revision ${revision}, and release ${last?.release ?? ""} had ${deployed}`,
      ];
    }
    const { [name]: slot } = slots;
    return slot === "B" && isUntouched(rotation[name])
      ? [`${name} never rotated, and the app uses its slot B`]
      : [];
  });
  return found.length > 0 ? [older(files, "rotation", found.join("; "))] : [];
}

function isUntouched({ active, since, rotation }: SlotState): boolean {
  return active === "A" && since === undefined && rotation === undefined;
}

/** Whether a secret with slots is having its idle slot filled anew, whatever that holds. */
export function isRefilled(rotation: Files["environment"]["rotation"], name: SlottedName): boolean {
  const stage = rotation[name].rotation?.stage;
  return stage === "fill" || stage === "retire";
}
