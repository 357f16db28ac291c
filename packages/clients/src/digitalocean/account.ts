import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

/** The account that a token belongs to. */
export const account = z.looseObject({
  /** Address of the person whose token it is. */
  email: z.string(),
  email_verified: z.boolean(),
  /** `active`, `warning` or `locked`. */
  status: z.string(),
  status_message: z.string().nullish(),
});

/** Calls about the account. The API lists no members of a team. */
export const accounts = {
  getAccount: { method: "GET", path: "/v2/account", response: z.looseObject({ account }) },
} as const satisfies Record<string, Endpoint>;
