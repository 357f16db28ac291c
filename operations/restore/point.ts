import { NotConfigured } from "../context/credentials.ts";
import type { RestorePoint } from "../ledger/restores.ts";

/** Names of dumps: the time of their begin, with dashes where a time has colons. */
const dumpName = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/;

/** A moment with its zone: without one, whoever reads it thinks of another hour. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Names that DigitalOcean takes for a cluster. */
const clusterName = /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * What `--to` means: `latest` or the name of a dump; `now` or a moment, for DigitalOcean's own point-in-time recovery; or the
 * name of a cluster that stands.
 *
 * @throws NotConfigured for anything else.
 */
export function pointOf(to: string): RestorePoint {
  if (to === "latest" || dumpName.test(to)) return { kind: "dump", dump: to };
  if (to === "now") return { kind: "time" };
  if (moment.test(to) && !Number.isNaN(Date.parse(to)))
    return { kind: "time", at: new Date(to).toISOString() };
  if (clusterName.test(to)) return { kind: "cluster" };
  throw new NotConfigured(
    `--to ${to}: expected latest, the name of a dump such as 2026-11-29T00-00-00Z, a moment with its zone such as 2026-11-29T03:15:00Z, now, or the name of a cluster`,
  );
}
