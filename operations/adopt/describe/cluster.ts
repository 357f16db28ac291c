import { weekdays } from "../../../environments/schema/database.ts";
import type { Remark } from "../remark.ts";
import type { ClusterContents, StandingCluster } from "../standing.ts";

/** When the platform may restart a cluster; nothing where the API does not say. */
export function maintenanceOf({ maintenance_window: window }: StandingCluster) {
  const day = weekdays.find((one) => one === window?.day);
  const hour = /^([01]\d|2[0-3]):/.exec(window?.hour ?? "")?.[1];
  return day && hour !== undefined ? { maintenance: { day, hour: `${hour}:00` } } : {};
}

/** What the first deployment makes of the trusted sources of a cluster. */
export function trustedSourceRemarks(
  { cluster, trustedSources }: ClusterContents,
  range: string,
): Remark[] {
  const about = `trusted sources of ${cluster.name}`;
  if (trustedSources.length === 0) {
    const what = `there are none, so that everybody reaches it: only ${range} does from then on`;
    return [{ fate: "changed", about, what, todo: "let whatever else connects know" }];
  }
  const others = trustedSources.filter(({ type, value }) => type !== "ip_addr" || value !== range);
  if (others.length === 0) return [];
  const named = others.map(({ type, value }) => `${type} ${value}`).join(", ");
  return [
    {
      fate: "changed",
      about,
      what: `only ${range} reaches it from then on; no more: ${named}`,
      todo: "people come in by mam psql (docs/access.md); move what else connects into the VPC",
    },
  ];
}

/** What the first deployment makes of a cluster beside what is in it. */
export function clusterRemarks({ cluster }: ClusterContents): Remark[] {
  const tags = cluster.tags ?? [];
  if (tags.length === 0) return [];
  return [
    {
      fate: "changed",
      about: `the cluster ${cluster.name}`,
      what: `its tags go: ${tags.join(", ")}`,
      todo: "see that no alert policy, and no script, finds it by them",
    },
  ];
}

/** Says that something cannot be taken over as it is. */
export const refused = (about: string, what: string, todo: string): Remark => ({
  fate: "refused",
  about,
  what,
  todo,
});
