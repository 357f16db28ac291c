import type { Check } from "../command/check.ts";
import type { DoctorContext } from "./context.ts";

/** Every check of the doctor. */
export const doctorChecks: readonly Check<DoctorContext>[] = [];
