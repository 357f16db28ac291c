import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean/databases/servers";
const description = "DigitalOcean API description";

/** What is assumed about databases that really run, and what of them this machine cannot have. */
export const serversFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "Who is not in the VPC does not reach a private host, and no trusted source means no connection: here it is hung up on at once, there it waits until it gives up. Where the machine has one loopback address (macOS), everything on it counts as in the VPC.",
    source:
      "docs.digitalocean.com/products/databases/postgresql/how-to/secure; that nothing is answered is an assumption",
    lastVerified: "never",
    probe:
      "psql by the private host from a droplet of another VPC; psql from an address that no rule has",
    test: `${tests}/doors.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A public host takes connections of trusted sources only. Whoever is at this machine has the address 203.0.113.1 there, and checkip.amazonaws.com says so. A new source counts at once; who is connected stays so when it is taken out.",
    source:
      "docs.digitalocean.com/products/databases/postgresql/how-to/secure; the moments it takes, and what becomes of connections, are an assumption",
    lastVerified: "never",
    probe:
      "psql in a loop while a source is added and taken out; SELECT pg_sleep(600) while it is taken out",
    test: `${tests}/doors.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "doadmin may create roles and databases, owns the databases that the API makes, and is no superuser; users that the API makes have no rights, and doadmin none over them. The server's version here is the one that the machine has.",
    source:
      "docs.digitalocean.com/products/databases/postgresql/how-to/manage-users-and-databases; whether the platform grants doadmin its users' roles, or BYPASSRLS, is an assumption",
    lastVerified: "never",
    probe: "psql as doadmin: \\du; ALTER ROLE mam_app SET statement_timeout = 1000",
    test: `${tests}/postgres.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A user that the API removes loses its rights and connections, and what it owns becomes doadmin's.",
    source: "assumption: PostgreSQL removes no role that owns something or has rights",
    lastVerified: "never",
    probe: "CREATE TABLE t () as mam_app; doctl databases user delete $ID mam_app; \\dt",
    test: `${tests}/postgres.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A resize or an upgrade disconnects clients once; a new password, pool or setting does not.",
    source:
      "docs.digitalocean.com/products/databases/postgresql/how-to/resize; the rest is an assumption",
    lastVerified: "never",
    probe: "psql -c 'SELECT pg_sleep(3600)' during doctl databases resize",
    test: `${tests}/postgres.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A restored cluster has the data of the time that was asked for, to the transaction. Here a server replays the log of the other one until then; the copy of a copy, and one that has written more than 1 GiB, has those of the moment at which the restore began.",
    source: `${description}, databases_create_cluster.yml, backup_restore`,
    lastVerified: reading.apiDescription,
    probe: "doctl databases fork restored --restore-from-cluster-id $ID",
    test: `${tests}/postgres.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A pool is PgBouncer: startup parameters that it cannot keep are refused, passwords are the server's at that moment. Without PgBouncer on this machine a pool's name leads straight to PostgreSQL.",
    source:
      "docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools; measured with PgBouncer 1.18.0 and 1.24.1",
    lastVerified: "never",
    probe: "psql \"host=... port=25061 dbname=mam-pool options='-c statement_timeout=1000'\"",
    test: `${tests}/pools.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A cluster of PostgreSQL is verified by the authority that the API names; Valkey's certificate is one that programs trust by themselves, which here NODE_EXTRA_CA_CERTS makes so.",
    source:
      "the contract of the services, which names an authority for PostgreSQL only; that Valkey's is public is an assumption",
    lastVerified: "never",
    probe: "openssl s_client -connect $VALKEY_HOST:25061 -verify_return_error",
    test: `${tests}/valkey.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "Valkey's keys may take three quarters of a node's memory; a resize, another policy or another password leave keys and connections as they are.",
    source: "assumption",
    lastVerified: "never",
    probe: "valkey-cli -u $URI config get maxmemory",
    test: `${tests}/valkey.platform.test.ts`,
  },
];
