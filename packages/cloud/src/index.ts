/**
 * DigitalOcean, Wasabi and Spaces on loopback, for tests and rehearsals: {@link startCloud} starts them from a seed,
 * {@link readSeed} reads one from a file.
 */
export {
  type Cloud,
  type CloudEndpoints,
  type CloudPorts,
  type CloudSeed,
  startCloud,
} from "./cloud.ts";
export type { DatabaseEngines } from "./digitalocean/databases/servers/engines.ts";
export type { RunningDatabases } from "./digitalocean/databases/servers/running-databases.ts";
export type { Fault } from "./faults.ts";
export type { LoggedRequest } from "./request-log.ts";
export { InvalidSeed, type SeedProblem, readSeed } from "./program/seed-file.ts";
