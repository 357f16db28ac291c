import { z } from "zod";

import { databaseSchema } from "./database.ts";
import { domainSchema } from "./domain.ts";
import { environmentSchema } from "./environment.ts";
import { networkSchema } from "./network.ts";
import { stateSchema } from "./state.ts";
import { storageSchema } from "./storage.ts";

/**
 * The fields by which two environments may get into each other's way: all that a rule between them may read. A command for one
 * environment reads no more of the others, however many there are.
 */
export const comparedSchema = z.object({
  tier: environmentSchema.unwrap().shape.tier,
  database: databaseSchema.unwrap().pick({ cluster: true }).strip(),
  network: networkSchema.unwrap().pick({ vpcCidr: true }).strip(),
  storage: storageSchema.unwrap().pick({ bucketPrefix: true }).strip(),
  domain: domainSchema
    .unwrap()
    .pick({ appHost: true, mediaHost: true, zone: true, zoneManagedBy: true })
    .strip(),
  state: stateSchema.unwrap().pick({ backend: true, adopted: true }).strip(),
});

/** What rules between environments read of one, and its name. */
export interface Compared extends z.output<typeof comparedSchema> {
  readonly name: string;
}
