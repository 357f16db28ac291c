import { z } from "zod";

/** The methods the API uses. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One call of the API: where it goes, what it takes and what it answers. */
export interface Endpoint {
  readonly method: Method;
  /** Path under the API's base address, with parameters in braces: `/v2/apps/{app_id}`. */
  readonly path: string;
  /** The body sent. Absent where the call takes none. */
  readonly request?: z.ZodType;
  /** The body answered. */
  readonly response: z.ZodType;
  /** What a refusal with a status means here, and what helps: added to the API's own words. */
  readonly explains?: Readonly<Record<number, string>>;
}

/** The answer of calls that answer nothing, or something that is not read. */
export const nothing = z.unknown();

/** Where the further pages of a list are. */
export const links = z
  .looseObject({ pages: z.looseObject({ next: z.string().optional() }).optional() })
  .optional();
