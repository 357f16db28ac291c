import type { Check } from "../command/check.ts";
import { accountChecks } from "./checks/account.ts";
import { restChecks } from "./checks/at-rest.ts";
import { imageChecks } from "./checks/images.ts";
import { secretChecks } from "./checks/secrets.ts";
import { stateChecks } from "./checks/state.ts";
import type { DoctorContext } from "./context.ts";

/** Checks about one thing, under one heading. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check<DoctorContext>[];
}

/** Every check of the doctor, in the order in which a person reads them. */
export const doctorGroups: readonly CheckGroup[] = [
  { title: "Secrets", checks: secretChecks },
  { title: "DigitalOcean account", checks: accountChecks },
  { title: "Images", checks: imageChecks },
  { title: "State", checks: stateChecks },
  { title: "At rest", checks: restChecks },
];

/** Every check of the doctor. */
export const doctorChecks: readonly Check<DoctorContext>[] = doctorGroups.flatMap(
  ({ checks }) => checks,
);
