import { CheckSkipped } from "../context/check.ts";
import { NotConfigured } from "../context/credentials.ts";

/** A part of the status: what was found, or why it is not known. */
export type Part<T> =
  | { readonly state: "known"; readonly value: T }
  /** It was not asked for, because a credential is missing or another person keeps it. */
  | { readonly state: "not asked"; readonly reason: string }
  /** The platform gave no answer, which nobody may take for health. */
  | { readonly state: "no answer"; readonly reason: string };

/** Asks for a part. Whatever becomes of it, the other parts are shown. */
export async function part<T>(ask: () => Promise<T>): Promise<Part<T>> {
  try {
    return { state: "known", value: await ask() };
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const isUnasked = error instanceof NotConfigured || error instanceof CheckSkipped;
    return { state: isUnasked ? "not asked" : "no answer", reason };
  }
}
