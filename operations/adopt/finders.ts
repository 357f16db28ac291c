import type { LeftoverType } from "../leftovers/leftover-type.ts";
import { leftoverTypes } from "../leftovers/types.ts";

const withoutEnd = (address: string) => address.replace(/\/$/, "");

/**
 * How what was made by hand is found where its name says nothing: a check by what it looks at, an alert by what it is about,
 * settings by their cluster. Everything else by the name that the environment says.
 */
const byMeaning: readonly LeftoverType[] = [
  {
    type: "digitalocean_uptime_check",
    noun: "uptime check",
    importable: true,
    find: async ({ checks }, read) => {
      const [target = "", name] = [await read("target"), await read("name")];
      const all = await checks();
      const own = all.filter((check) => check.name === name);
      const same = all.filter((check) => withoutEnd(check.target) === withoutEnd(target));
      return [...own, ...same].slice(0, 1).map((check) => ({ name: check.name, id: check.id }));
    },
  },
  {
    type: "digitalocean_uptime_alert",
    noun: "uptime alert",
    importable: true,
    find: async ({ alerts }, read) => {
      const [check, type] = [await read("check_id"), await read("type")];
      if (check === undefined) return [];
      return (await alerts(check))
        .filter((alert) => alert.type === type)
        .slice(0, 1)
        .map(({ name, id }) => ({ name, id, importId: `${check},${id}` }));
    },
  },
  {
    type: "digitalocean_monitor_alert",
    noun: "alert policy",
    importable: true,
    find: async ({ policies }, read) => {
      const [cluster, type] = [await read("entities.0"), await read("type")];
      if (cluster === undefined) return [];
      return (await policies())
        .filter((policy) => policy.type === type && policy.entities?.join() === cluster)
        .slice(0, 1)
        .map(({ description, uuid }) => ({ name: description, id: uuid }));
    },
  },
  ...[
    ["digitalocean_database_firewall", "trusted sources"],
    ["digitalocean_database_postgresql_config", "settings of PostgreSQL"],
    ["digitalocean_database_valkey_config", "settings of Valkey"],
  ].map(([type = "", noun = ""]): LeftoverType => ({
    type,
    noun,
    importable: true,
    find: async (_, read) => {
      const cluster = await read("cluster_id");
      return cluster === undefined ? [] : [{ name: cluster, id: cluster }];
    },
  })),
];

/** How everything is found that may be taken over. */
export const adoptableTypes: readonly LeftoverType[] = leftoverTypes
  .map((known) => byMeaning.find(({ type }) => type === known.type) ?? known)
  .concat(byMeaning.filter(({ type }) => !leftoverTypes.some((known) => known.type === type)));
