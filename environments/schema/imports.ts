import { z } from "zod";

const ofStack = z.record(z.string().regex(/^\w+\.\w+$/), z.string().min(1)).readonly();

/**
 * `<environment>.imports.json`: what was made by hand and is taken over by the next deployment. For each stack the addresses
 * of resources with the id that the provider imports them by. What a state knows already is left as it is, so the file may
 * stay; `mam adopt <environment>` takes away what is not needed any more.
 */
export const importsSchema = z
  .strictObject({
    storage: ofStack.prefault({}),
    data: ofStack.prefault({}),
    app: ofStack.prefault({}),
  })
  .readonly();

/** What the stacks of an environment import; nothing for one that began with us. */
export type Imports = z.output<typeof importsSchema>;

/** What an environment imports that began with us. */
export const nothingImported: Imports = { storage: {}, data: {}, app: {} };
