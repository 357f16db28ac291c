import type { DigitalOcean } from "@mam-infra/clients/digitalocean";

import { everyPage } from "../../platform/every-page.ts";
import { RestoreRefused } from "../refused.ts";

/** The moments that DigitalOcean can bring a cluster back to. */
export interface RecoveryWindow {
  readonly from: Date;
  readonly to: Date;
}

/**
 * Asks how far back a cluster can be brought: from its oldest backup until now.
 *
 * @throws RestoreRefused when it has none.
 */
export async function recoveryWindow(
  api: DigitalOcean,
  { id, name }: { readonly id: string; readonly name: string },
  now: Date,
): Promise<RecoveryWindow> {
  const backups = await everyPage(
    (query) => api.call("listDatabaseBackups", { cluster_id: id }, { query }),
    ({ backups: page }) => page,
  );
  const times = backups.map(({ created_at }) => Date.parse(created_at));
  if (times.length === 0)
    throw new RestoreRefused(
      `${name} has no backup of DigitalOcean's: it is too young, or none is made any more.\n  fix: prove a dump instead: mam restore <environment> database --to latest --prove`,
    );
  return { from: new Date(Math.min(...times)), to: now };
}

/** @throws RestoreRefused with the window, when a moment is outside of it. */
export function refuseOutside(at: string, { from, to }: RecoveryWindow): void {
  const time = Date.parse(at);
  if (time >= from.getTime() && time <= to.getTime()) return;
  throw new RestoreRefused(
    `${at} is ${time < from.getTime() ? "before the oldest backup" : "not yet"}: DigitalOcean brings this cluster back to any moment from ${from.toISOString()} to ${to.toISOString()}`,
  );
}
