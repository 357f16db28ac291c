import { z } from "zod";

import { schemaAt } from "../../plan/adoption-line.ts";

/** Whether a field of the configuration may have a value. */
export function isAllowed(path: string, value: unknown): boolean {
  const schema = schemaAt(path);
  return schema !== undefined && z.safeParse(schema, value).success;
}
