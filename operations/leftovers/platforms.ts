import { GetUserCommand, GetUserPolicyCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { GetBucketPolicyCommand, ListBucketsCommand } from "@aws-sdk/client-s3";

import { errorStatus } from "@mam-infra/clients/aws-error";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { once } from "../context/once.ts";
import type { Clients } from "../context/clients.ts";
import { everyPage } from "../platform/every-page.ts";

/** Lists of what stands on the platforms. Each is asked for at most once, when it is first needed. */
export type Platforms = ReturnType<typeof platformsOf>;

/** Prepares the lists; nothing is asked yet. */
export function platformsOf(connections: Clients) {
  return { ...digitalOceanLists(connections), ...wasabiLists(connections) };
}

function digitalOceanLists(connections: Clients) {
  const api = () => connections.digitalOcean();
  return {
    vpcs: once(() =>
      everyPage(
        (query) => api().call("listVpcs", {}, { query }),
        ({ vpcs }) => vpcs,
      ),
    ),
    projects: once(() =>
      everyPage(
        (query) => api().call("listProjects", {}, { query }),
        ({ projects }) => projects,
      ),
    ),
    clusters: once(() =>
      everyPage(
        (query) => api().call("listDatabases", {}, { query }),
        ({ databases }) => databases,
      ),
    ),
    apps: once(() =>
      everyPage(
        (query) => api().call("listApps", {}, { query }),
        ({ apps }) => apps,
      ),
    ),
    domains: once(() =>
      everyPage(
        (query) => api().call("listDomains", {}, { query }),
        ({ domains }) => domains,
      ),
    ),
    policies: once(() =>
      everyPage(
        (query) => api().call("listAlertPolicies", {}, { query }),
        ({ policies }) => policies,
      ),
    ),
    checks: once(() =>
      everyPage(
        (query) => api().call("listUptimeChecks", {}, { query }),
        ({ checks }) => checks,
      ),
    ),
    ...machineLists(api),
    ...digitalOceanParts(api),
  };
}

/** Without its type the API lists all Droplets but those with a card. */
function machineLists(api: () => DigitalOcean) {
  return {
    machines: once(() =>
      everyPage(
        (query) => api().call("listDroplets", {}, { query: { ...query, type: "gpus" } }),
        ({ droplets }) => droplets ?? [],
      ),
    ),
    firewalls: once(() =>
      everyPage(
        (query) => api().call("listFirewalls", {}, { query }),
        ({ firewalls }) => firewalls ?? [],
      ),
    ),
    tags: once(() =>
      everyPage(
        (query) => api().call("listTags", {}, { query }),
        ({ tags }) => tags ?? [],
      ),
    ),
  };
}

function digitalOceanParts(api: () => DigitalOcean) {
  return {
    records: onceFor(async (domain) => {
      const records = everyPage(
        (query) => api().call("listRecords", { domain }, { query }),
        ({ domain_records }) => domain_records,
      );
      return (await ifPresent(records)) ?? [];
    }),
    alerts: onceFor(async (check_id) => {
      const alerts = everyPage(
        (query) => api().call("listUptimeAlerts", { check_id }, { query }),
        ({ alerts: page }) => page,
      );
      // Somebody may have deleted a check that the state still has.
      return (await ifPresent(alerts)) ?? [];
    }),
    databases: onceFor(
      async (cluster_id) => (await api().call("listDatabaseDbs", { cluster_id })).dbs ?? [],
    ),
    users: onceFor(
      async (cluster_id) => (await api().call("listDatabaseUsers", { cluster_id })).users ?? [],
    ),
    pools: onceFor(
      async (cluster_id) => (await api().call("listConnectionPools", { cluster_id })).pools ?? [],
    ),
    sinks: onceFor(
      async (cluster_id) => (await api().call("listLogsinks", { cluster_id })).sinks ?? [],
    ),
  };
}

function wasabiLists(connections: Clients) {
  const iam = () => connections.wasabiIam();
  const storage = () => connections.wasabiStorage();
  return {
    buckets: once(async () => {
      const { Buckets = [] } = await storage().send(new ListBucketsCommand({}));
      return Buckets.map(({ Name = "" }) => Name);
    }),
    bucketPolicy: onceFor(async (Bucket) => {
      const answer = storage().send(new GetBucketPolicyCommand({ Bucket }));
      return (await ifPresent(answer))?.Policy;
    }),
    user: onceFor(async (UserName) => ifPresent(iam().send(new GetUserCommand({ UserName })))),
    userPolicy: async (UserName: string, PolicyName: string) =>
      ifPresent(iam().send(new GetUserPolicyCommand({ UserName, PolicyName }))),
    accessKeys: onceFor(async (UserName) => {
      const answer = iam().send(new ListAccessKeysCommand({ UserName }));
      const keys = (await ifPresent(answer))?.AccessKeyMetadata ?? [];
      return keys.map(({ AccessKeyId = "" }) => AccessKeyId);
    }),
  };
}

/** As `once`, for each argument. */
function onceFor<T>(make: (of: string) => Promise<T>): (of: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (of) => {
    const known = made.get(of) ?? make(of);
    made.set(of, known);
    return known;
  };
}

/** What a question is answered with; undefined when there is nothing of the kind. */
async function ifPresent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (errorStatus(error) === 404 || refusedWith(error) === 404) return undefined;
    throw error;
  }
}
