import { addressesOf } from "../../../operations/restore/switch/state.ts";

const resource = (type: string, name: string, attributes: object, mode = "managed") => ({
  ...{ mode, type, name },
  instances: [{ attributes }],
});

test("a cluster and all that is in it are found in a state, and nothing of another one", () => {
  const text = JSON.stringify({
    resources: [
      resource("digitalocean_database_cluster", "postgres", { id: "old" }),
      resource("digitalocean_database_cluster", "valkey", { id: "other" }),
      resource("digitalocean_database_user", "postgres_user", { cluster_id: "old" }),
      resource("digitalocean_database_firewall", "valkey_firewall", { cluster_id: "other" }),
      resource("digitalocean_database_cluster", "read", { id: "old" }, "data"),
      resource("digitalocean_monitor_alert", "postgres_alert", { entities: ["old"] }),
    ],
  });
  expect(addressesOf(text, "old")).toEqual([
    "digitalocean_database_cluster.postgres",
    "digitalocean_database_user.postgres_user",
  ]);
  expect(addressesOf("{}", "old")).toEqual([]);
});
