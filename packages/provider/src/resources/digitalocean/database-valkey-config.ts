import { matches, notEmpty, numberBetween, oneOf } from "../../engine/rules.ts";
import { engineConfigResource } from "./database-config.ts";

const NEVER_SENT =
  "Provider 2.99.1 accepts it and never sends it, so it does nothing on the real platform either.";

/** The settings of a Valkey cluster (provider 2.99.1, database/resource_database_valkey_config.go). */
export const databaseValkeyConfig = engineConfigResource({
  type: "digitalocean_database_valkey_config",
  engine: "Valkey",
  idSuffix: "valkey-config",
  needsOnlineCluster: true,
  settings: {
    pubsub_client_output_buffer_limit: { api: "valkey_pubsub_client_output_buffer_limit" },
    number_of_databases: { api: "valkey_number_of_databases" },
    io_threads: { api: "valkey_io_threads" },
    lfu_log_factor: { api: "valkey_lfu_log_factor" },
    lfu_decay_time: { api: "valkey_lfu_decay_time" },
    ssl: { api: "valkey_ssl", sentWhenEmpty: true },
    timeout: { api: "valkey_timeout", sentWhenEmpty: true },
    notify_keyspace_events: { api: "valkey_notify_keyspace_events" },
    persistence: { api: "valkey_persistence" },
    acl_channels_default: { api: "valkey_acl_channels_default" },
    valkey_maxmemory_policy: {},
  },
  behaviour: {
    force_new: ["cluster_id"],
    values_validated: {
      acl_channels_default: oneOf(["allchannels", "resetchannels"], { ignoreCase: true }),
      cluster_id: notEmpty,
      io_threads: numberBetween(1, 32),
      lfu_decay_time: numberBetween(1, 120),
      lfu_log_factor: numberBetween(1, 100),
      notify_keyspace_events: matches(
        /^[KEg$lshzxeA]{0,32}$/,
        "must only contain: K, E, g, $, l, s, h, z, x, e, A",
      ),
      number_of_databases: numberBetween(1, 128),
      persistence: oneOf(["off", "rdb"], { ignoreCase: true }),
      pubsub_client_output_buffer_limit: numberBetween(32, 512),
      valkey_maxmemory_policy: oneOf([
        "noeviction",
        "allkeys-lru",
        "allkeys-random",
        "volatile-lru",
        "volatile-random",
        "volatile-ttl",
      ]),
    },
    not_rehearsed: { frequent_snapshots: NEVER_SENT, valkey_active_expire_effort: NEVER_SENT },
  },
});
