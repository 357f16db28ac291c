import { z } from "zod";

import { RequestError } from "@mam-services/common/errors";

/**
 * Reads what a caller sent.
 *
 * @throws RequestError 400 that names every field that is wrong.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  throw new RequestError(400, "invalid-request", problems.join("; "));
}

const id = z.object({ id: z.guid("expected an id") });

/** The id in the path. @throws RequestError 400 */
export const idOf = (parameters: unknown): string => parse(id, parameters).id;
