import { DirectAccount } from "@mam-infra/cloud/digitalocean/in-process";

/** Names that requests refer to: `{app}` in a path or a text of a body stands for the id of the app. */
export type World = Readonly<Record<string, string>>;

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const image = { healthy: true, migration: "succeeds", startSeconds: 4 } as const;

const seed = {
  tokens: [],
  members: ["owner@example.com"],
  registry: {
    api: { [digest("1")]: { ...image, tags: ["v1"] }, [digest("2")]: image },
  },
  externalImages: { GHCR: { "example/web": { [digest("3")]: { ...image, tags: ["v1"] } } } },
  registryName: "rehearsal",
} as const;

/** Two services' worth of an app, as small as they can be. */
const small = (digit: string) => ({
  name: "mam",
  region: "nyc",
  services: [
    {
      name: "api",
      image: { registry_type: "DOCR", repository: "api", digest: digest(digit) },
      instance_count: 2,
      instance_size_slug: "apps-s-1vcpu-1gb",
      http_port: 3000,
    },
  ],
  alerts: [{ rule: "DEPLOYMENT_FAILED" }],
  domains: [{ domain: "mam.example.com", type: "PRIMARY", zone: "example.com" }],
});

const cluster = {
  region: "nyc1",
  num_nodes: 1,
  size: "db-s-1vcpu-2gb",
};

/** An account in which one of everything stands, and what it is called. */
export function aWorld(): { readonly account: DirectAccount; readonly world: World } {
  const account = new DirectAccount(seed, new Date("2026-11-24T00:00:00Z"));
  const create = (path: string, body: unknown, name: string, method = "POST") => {
    const { status, body: answer } = account.ask({ method, path, body });
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    const found = name === "" ? undefined : name.split(".").reduce(step, answer);
    return typeof found === "string" || typeof found === "number" ? String(found) : "";
  };
  const data = theData(create);
  account.pass(1200);
  theMembers(create, data);
  const app = theApp(create, account);
  const machine = theMachine(create, data);
  return { account, world: { ...data, ...app, ...machine, ...theWatchers(create, data) } };
}

type Create = (path: string, body: unknown, name: string, method?: string) => string;

const step = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

function theData(create: Create) {
  const vpc = create("/v2/vpcs", { name: "mam", region: "nyc1" }, "vpc.id");
  const pg = { ...cluster, name: "mam-pg", engine: "pg", version: "17", private_network_uuid: vpc };
  const valkey = { ...cluster, name: "mam-valkey", engine: "valkey", version: "8" };
  const search = {
    ...cluster,
    name: "mam-search",
    engine: "opensearch",
    version: "2",
    size: "db-s-1vcpu-2gb",
  };
  return {
    vpc,
    emptyVpc: create("/v2/vpcs", { name: "empty", region: "nyc1" }, "vpc.id"),
    pg: create("/v2/databases", pg, "database.id"),
    valkey: create("/v2/databases", valkey, "database.id"),
    search: create("/v2/databases", search, "database.id"),
    oldPg: create("/v2/databases", { ...pg, name: "old-pg", version: "16" }, "database.id"),
    project: create("/v2/projects", { name: "mam", purpose: "Web Application" }, "project.id"),
    tag: create("/v2/tags", { name: "mam" }, "tag.name"),
    domain: create("/v2/domains", { name: "example.com" }, "domain.name"),
  };
}

function theMembers(create: Create, { pg }: World): void {
  const base = `/v2/databases/${pg}`;
  create(`${base}/users`, { name: "mam" }, "user.name");
  create(`${base}/dbs`, { name: "mam" }, "db.name");
  create(
    `${base}/pools`,
    { name: "mam-pool", mode: "transaction", size: 5, db: "mam" },
    "pool.name",
  );
}

function theApp(create: Create, account: DirectAccount): World {
  const app = create("/v2/apps", { spec: small("1") }, "app.id");
  account.pass(600);
  const first = deploymentOf(account, app);
  create(`/v2/apps/${app}`, { spec: small("2") }, "app.id", "PUT");
  account.pass(600);
  const alert = account.ask({ method: "GET", path: `/v2/apps/${app}/alerts` }).body;
  const running = account.ask({ method: "GET", path: `/v2/apps/${app}/instances` }).body;
  return {
    app,
    first,
    second: deploymentOf(account, app),
    appAlert: String(["alerts", "0", "id"].reduce(step, alert)),
    instance: String(["instances", "0", "instance_name"].reduce(step, running)),
  };
}

function theMachine(create: Create, { vpc = "", tag = "" }: World): World {
  const machine = {
    name: "mam-gpu-1",
    region: "nyc1",
    size: "s-1vcpu-1gb",
    image: "ubuntu-24-04-x64",
    monitoring: true,
    tags: [tag],
    vpc_uuid: vpc,
  };
  const outbound = { protocol: "tcp", ports: "443", destinations: { addresses: ["0.0.0.0/0"] } };
  const firewall = { name: "mam", tags: [tag], outbound_rules: [outbound] };
  return {
    droplet: create("/v2/droplets", machine, "droplet.id"),
    firewall: create("/v2/firewalls", firewall, "firewall.id"),
  };
}

function deploymentOf(account: DirectAccount, app: string): string {
  const { body } = account.ask({ method: "GET", path: `/v2/apps/${app}` });
  return String(["app", "active_deployment", "id"].reduce(step, body));
}

function theWatchers(create: Create, { pg = "" }: World): World {
  const check = create(
    "/v2/uptime/checks",
    {
      name: "mam",
      type: "https",
      target: "https://mam.example.com/",
      regions: ["us_east", "eu_west"],
      enabled: true,
    },
    "check.id",
  );
  return {
    check,
    checkAlert: create(`/v2/uptime/checks/${check}/alerts`, uptimeAlert, "alert.id"),
    policy: create("/v2/monitoring/alerts", policyOf(pg), "policy.uuid"),
    record: create("/v2/domains/example.com/records", aRecord, "domain_record.id"),
    sink: create(`/v2/databases/${pg}/logsink`, logSink, "sink.sink_id"),
  };
}

/** An alert of an uptime check. */
export const uptimeAlert = {
  name: "slow",
  type: "latency",
  threshold: 500,
  comparison: "greater_than",
  period: "5m",
  notifications: {
    email: ["owner@example.com"],
    slack: [{ channel: "alerts", url: "https://hooks.slack.com/services/T/B/x" }],
  },
};

/** An alert policy of a cluster. */
export const policyOf = (pg: string) => ({
  alerts: {
    email: ["owner@example.com"],
    slack: [{ channel: "alerts", url: "https://hooks.slack.com/services/T/B/x" }],
  },
  compare: "GreaterThan",
  description: "CPU",
  enabled: true,
  entities: [pg],
  tags: [],
  type: "v1/dbaas/alerts/cpu_alerts",
  value: 80,
  window: "5m",
});

/** A record with an address. */
export const aRecord = { type: "A", name: "other", data: "203.0.113.7", ttl: 300 };

/** A log sink of rsyslog. */
export const logSink = {
  sink_name: "logs",
  sink_type: "rsyslog",
  config: {
    server: "logs.example.com",
    port: 6514,
    tls: true,
    format: "rfc5424",
    sd: "token",
    ca: "PEM",
    cert: "PEM",
    key: "PEM",
  },
};
