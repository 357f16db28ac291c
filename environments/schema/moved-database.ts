import { z } from "zod";

import { clusterNameSchema } from "./database.ts";

/**
 * `<environment>.database.json`: the cluster that the database was moved to. `mam restore --switch` writes it, which is why it
 * is no part of the environment's TypeScript; it wins over `database.cluster` there.
 */
export const movedDatabaseSchema = z.strictObject({ cluster: clusterNameSchema }).readonly();

/** The cluster that the database was moved to. */
export type MovedDatabase = z.output<typeof movedDatabaseSchema>;
