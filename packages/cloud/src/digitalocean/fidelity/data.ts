import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean";
const description = "DigitalOcean API description";

/** What is assumed about networks and managed databases. */
export const dataFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A cluster is creating for minutes and takes no orders (412) until it is online; its passwords are there from the beginning.",
    source: `${description}, databases_create_cluster.yml and its example, which has passwords while creating; 412: terraform-provider-digitalocean 2.99.1, database/resource_database_replica.go`,
    lastVerified: reading.apiDescription,
    probe: "doctl databases create ...; doctl databases get $ID -o json",
    test: `${tests}/databases/cluster.test.ts`,
  },
  {
    platform,
    behaviour: "A cluster without rules is open to every address, from its creation on.",
    source: "terraform-provider-digitalocean issue 1239; docs.digitalocean.com/products/databases",
    lastVerified: "never",
    probe: "psql from anywhere to a new cluster",
    test: `${tests}/databases/firewall.test.ts`,
  },
  {
    platform,
    behaviour: "PUT /firewall replaces all rules; an empty list opens the cluster.",
    source: `${description}, databases_update_firewall_rules.yml; terraform-provider-digitalocean 2.99.1, database/resource_database_firewall.go`,
    lastVerified: reading.apiDescription,
    probe: "curl -X PUT .../firewall -d '{\"rules\":[]}'; curl .../firewall",
    test: `${tests}/databases/firewall.test.ts`,
  },
  {
    platform,
    behaviour:
      "From 2026-11-30 (2026-10-15 without earlier clusters) Standard PostgreSQL has no standby and at most 4 GiB.",
    source:
      "docs.digitalocean.com/release-notes/upcoming/dbaas-plan-changes; the message is an assumption",
    lastVerified: "never",
    probe: "doctl databases create x --engine pg --num-nodes 2 --size db-s-2vcpu-4gb",
    test: `${tests}/databases/cluster.test.ts`,
  },
  {
    platform,
    behaviour: "Redis clusters can no longer be created.",
    source: `${description}, databases_create_cluster.yml`,
    lastVerified: reading.apiDescription,
    probe: "doctl databases create x --engine redis",
    test: `${tests}/databases/cluster.test.ts`,
  },
  {
    platform,
    behaviour:
      "DELETE answers at once; the cluster stays in its VPC for minutes and is still found by GET.",
    source: "terraform-provider-digitalocean issue 488 and pull request 1596",
    lastVerified: "never",
    probe: "doctl databases delete $ID; doctl vpcs list-members $VPC",
    test: `${tests}/databases/cluster.test.ts`,
  },
  {
    platform,
    behaviour:
      "A cluster that moves takes the network that the request names, or the default one of the new region: its private_network_uuid is then another, so that the next plan would replace it.",
    source: `${description}, databases_update_region.yml has the region alone; private_network_uuid: godo 1.239, databases.go, DatabaseMigrateRequest, which provider 2.99.1 sends empty; what an empty one means is an assumption`,
    lastVerified: "never",
    probe:
      'curl -X PUT .../migrate -d \'{"region":"ams3","private_network_uuid":""}\'; curl .../databases/$ID',
    test: `${tests}/databases/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "An upgrade answers at once, the cluster shows its old version until it is done, and a second request is refused.",
    source: `${description}, databases_upgrade_major_version.yml; the refusal is an assumption`,
    lastVerified: "never",
    probe: 'curl -X PUT .../upgrade -d \'{"version":"17"}\'; curl .../databases/$ID',
    test: `${tests}/databases/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour: "Nodes cannot be made smaller.",
    source: "docs.digitalocean.com/products/databases/postgresql/details/limits",
    lastVerified: "never",
    probe: "doctl databases resize $ID --size db-s-1vcpu-1gb --num-nodes 1",
    test: `${tests}/databases/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "Pools together have 25 connections for each GiB, less 3; a pool that asks for more is refused.",
    source:
      "docs.digitalocean.com/products/databases/postgresql/details/limits; that the sum over pools is checked is an assumption",
    lastVerified: "never",
    probe: "doctl databases pool create $ID p --size 1000 --db defaultdb --user doadmin",
    test: `${tests}/databases/members.test.ts`,
  },
  {
    platform,
    behaviour:
      "A pool whose user is empty or left out lets every user of the cluster connect as itself.",
    source: `${description}, databases/models/connection_pool.yml: "When excluded, all sessions connect to the database as the inbound user"; godo sends the empty name, and the provider's acceptance test of it (TestAccDigitalOceanDatabaseConnectionPool_InboundUser) passes`,
    lastVerified: reading.apiDescription,
    probe:
      'curl -X POST .../pools -d \'{"name":"p","mode":"transaction","size":1,"db":"defaultdb","user":""}\', then psql as two users',
    test: `${tests}/databases/members.test.ts`,
  },
  {
    platform,
    behaviour: "A new password locks out at once whoever has the old one.",
    source: `${description}, databases_reset_auth.yml; that nothing of the old password is accepted for a while is an assumption`,
    lastVerified: "never",
    probe: "doctl databases user reset $ID mam_app, then psql with the old password",
    test: `${tests}/databases/members.test.ts`,
  },
  {
    platform,
    behaviour:
      "A user that is deleted and made again has another password; no answer says when a password was made.",
    source: `${description}, databases/models/database_user.yml, which has no times`,
    lastVerified: reading.apiDescription,
    probe:
      "doctl databases user delete $ID mam_app; doctl databases user create $ID mam_app; curl .../databases/$ID/users",
    test: `${tests}/databases/members.test.ts`,
  },
  {
    platform,
    behaviour:
      "Valkey's eviction policy is one setting: with underscores at /eviction_policy, with hyphens in the configuration, which takes both.",
    source: `${description}, eviction_policy_model.yml; terraform-provider-digitalocean 2.99.1, database/resource_database_valkey_config.go`,
    lastVerified: reading.apiDescription,
    probe: 'curl -X PATCH .../config -d \'{"config":{"valkey_maxmemory_policy":"allkeys-lru"}}\'',
    test: `${tests}/databases/settings.test.ts`,
  },
  {
    platform,
    behaviour:
      "GET /config answers what was set and the defaults that the API's description names.",
    source: `${description}, databases/models/advanced_config; which defaults the real answer has is an assumption`,
    lastVerified: "never",
    probe: "curl .../v2/databases/$ID/config",
    test: `${tests}/databases/settings.test.ts`,
  },
  {
    platform,
    behaviour: "PostgreSQL is backed up daily for 7 days; Valkey never.",
    source: `docs.digitalocean.com/products/databases/postgresql/details/limits; ${description}, databases_list_backups.yml`,
    lastVerified: "never",
    probe: "doctl databases backups $ID",
    test: `${tests}/databases/settings.test.ts`,
  },
  {
    platform,
    behaviour:
      "A fork may go back to any moment between the oldest backup of the list and now; it begins with the users and databases of the other cluster, their passwords new, and with neither pools nor trusted sources but those of the request.",
    source: `${description}, databases_create_cluster.yml, backup_restore and rules; that passwords are new and pools are left out is an assumption`,
    lastVerified: "never",
    probe:
      "doctl databases fork restored --restore-from-cluster-id $ID --restore-from-timestamp $TIME; doctl databases user list, pool list, firewalls list",
    test: `${tests}/databases/settings.test.ts`,
  },
  {
    platform,
    behaviour: "A backup that was not made is missing from the list, and nothing else says so.",
    source: `assumption: ${description}, databases_list_backups.yml, has backups and no failures`,
    lastVerified: "never",
    probe: "doctl databases backups $ID, each day",
    test: `${tests}/databases/settings.test.ts`,
  },
  {
    platform,
    behaviour: "Disk without a request is 15 GiB for each GiB of memory (10 on the smallest size).",
    source: `${description}, the example of databases_create_cluster.yml; the rule is an assumption`,
    lastVerified: "never",
    probe: "doctl databases get $ID -o json | jq '.[0].storage_size_mib'",
    test: `${tests}/databases/cluster.test.ts`,
  },
  {
    platform,
    behaviour:
      "VPC ranges are private, /16 to /28, not reserved and overlap no other of the account: 422.",
    source: "docs.digitalocean.com/products/networking/vpc/concepts/plan-your-network",
    lastVerified: "never",
    probe: "doctl vpcs create --name x --region nyc1 --ip-range 10.244.0.0/20",
    test: `${tests}/vpcs/vpc.test.ts`,
  },
  {
    platform,
    behaviour: "A VPC with members cannot be deleted: 409 (403 for a region's default).",
    source: `terraform-provider-digitalocean issue 488; ${description}, vpcs_delete.yml, says 403 for both, and the provider retries either`,
    lastVerified: "never",
    probe: "doctl vpcs delete $VPC",
    test: `${tests}/vpcs/vpc.test.ts`,
  },
  {
    platform,
    behaviour: "The first VPC of a region becomes its default.",
    source: `${description}, vpcs_create.yml`,
    lastVerified: reading.apiDescription,
    probe: "doctl vpcs list",
    test: `${tests}/vpcs/vpc.test.ts`,
  },
  {
    platform,
    behaviour:
      "A zone that is delegated to DigitalOcean and not in the account is a failure of its servers, not a missing name.",
    source:
      "RFC 1034 4.3.1: servers without the zone refuse, and a resolver answers SERVFAIL; what ns1.digitalocean.com does is an assumption",
    lastVerified: "never",
    probe: "dig CAA $ZONE_DELEGATED_BUT_NOT_CREATED; dig @ns1.digitalocean.com $ZONE SOA",
    test: "packages/cloud/__tests__/digitalocean/domains/resolution.test.ts",
  },
];
