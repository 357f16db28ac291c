import { releaseComparisons } from "../../../operations/verify/app.ts";
import { specDifferences } from "../../../operations/verify/app-spec/differences.ts";
import { disagreements } from "../../../operations/verify/comparison.ts";
import { databaseComparisons } from "../../../operations/verify/databases.ts";
import { domainComparisons } from "../../../operations/verify/domain.ts";
import { monitoringComparisons } from "../../../operations/verify/monitoring.ts";
import { networkComparisons } from "../../../operations/verify/network.ts";
import type { ObservedState } from "../../../operations/platform/observed-state.ts";
import { anEnvironment } from "../../support/environments.ts";
import { anAgreeingState } from "../../support/observed-state.ts";

type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T;

const environment = anEnvironment();
const { config } = environment;

const all = (observed: ObservedState) =>
  disagreements([
    ...networkComparisons(config, observed),
    ...databaseComparisons(config, observed),
    ...specDifferences(environment, observed),
    ...releaseComparisons(environment, observed),
    ...domainComparisons(config, observed),
    ...monitoringComparisons(config, observed),
  ]);

const broken = (change: (draft: Draft<ObservedState>) => unknown) => {
  const draft = structuredClone(anAgreeingState(environment)) as Draft<ObservedState>;
  change(draft);
  return all(draft);
};

test("a platform that is as configured has nothing against it", () => {
  expect(all(anAgreeingState(environment))).toEqual([]);
});

test("what the platform fills in, and what a person adds to the project, is no difference", () => {
  const findings = broken(({ checks, members }) => {
    const down = checks[0]!.alerts.find(({ type }) => type === "down")!;
    Object.assign(down, { threshold: 1, comparison: "less_than" });
    members.push("do:droplet:1");
  });

  expect(findings).toEqual([]);
});

test("an account with nothing in it disagrees about everything, and throws about nothing", () => {
  const empty = { members: [], appAlerts: [], policies: [], checks: [], records: [] };

  expect(all(empty).length).toBeGreaterThan(15);
});

const rows: readonly [
  what: string,
  change: (draft: Draft<ObservedState>) => unknown,
  finding: string,
][] = [
  [
    "a database that is open to the internet",
    ({ postgres }) => (postgres!.trustedSources = []),
    "PostgreSQL's trusted sources is none, so it is open to the internet, expected ip_addr 10.120.0.0/20",
  ],
  [
    "a trusted source too many",
    ({ valkey }) =>
      valkey!.trustedSources.push({ ...valkey!.trustedSources[0]!, value: "203.0.113.7" }),
    "Valkey's trusted sources is ip_addr 10.120.0.0/20, ip_addr 203.0.113.7, expected ip_addr 10.120.0.0/20",
  ],
  [
    "a database outside the VPC",
    ({ postgres }) => (postgres!.cluster.private_network_uuid = "another"),
    "PostgreSQL's VPC is another, expected vpc",
  ],
  [
    "a queue that evicts jobs",
    ({ valkey }) => (valkey!.evictionPolicy = "allkeys_lru"),
    "Valkey's eviction policy is allkeys_lru, expected noeviction",
  ],
  [
    "a standby that is missing",
    ({ postgres }) => (postgres!.cluster.num_nodes = 1),
    "PostgreSQL's plan is advanced_pg 17, 1 × gd-2vcpu-8gb, expected advanced_pg 17, 2 × gd-2vcpu-8gb",
  ],
  [
    "a deployment under way",
    ({ app }) => (app!.in_progress_deployment = { id: "next", phase: "DEPLOYING" }),
    "deployments under way is next DEPLOYING, expected none",
  ],
  [
    "a host that was removed",
    ({ app }) => (app!.spec.domains = app!.spec.domains!.slice(0, 1)),
    "domains.media.northlight.example in the app spec is missing, expected present",
  ],
  [
    "alerts that go to somebody else",
    ({ appAlerts }) => (appAlerts[0]!.emails = ["former@northlight.example"]),
    "recipients of DEPLOYMENT_FAILED of the app is former@northlight.example, expected on-call@northlight.example",
  ],
  [
    "a check that nobody made",
    ({ checks }) => checks.pop(),
    "the uptime check mam-production-service-levels-edge is missing, expected https https://media.northlight.example/service-levels from eu_west us_east",
  ],
  [
    "a host with two owners",
    ({ records }) => records.push({ id: 9, type: "A", name: "mam", data: "203.0.113.7" }),
    "mam.northlight.example A is 203.0.113.7, expected App Platform's own record",
  ],
  [
    "a host whose record is gone, although its domain is active",
    ({ records }) => records.splice(2, 1),
    "the record of mam.northlight.example is missing, expected CNAME mam.ondigitalocean.app",
  ],
  [
    "a certificate authority that nobody configured",
    ({ records }) => records.push({ id: 9, type: "CAA", name: "@", data: "digicert.com." }),
    "a certificate authority that nobody configured is digicert.com, expected none",
  ],
  [
    "a connection pool that nobody configured",
    ({ postgres }) =>
      postgres!.pools.push({ name: "reports", mode: "session", size: 5, db: "mam" }),
    "a connection pool that nobody configured is reports of mam, session mode, 5 connections, expected none",
  ],
  [
    "a user that nobody configured",
    ({ postgres }) => postgres!.users.push({ name: "somebody" }),
    "a user of PostgreSQL that nobody configured is somebody, expected none",
  ],
  [
    "a database that nobody configured",
    ({ postgres }) => (postgres!.databases = [...postgres!.databases, "defaultdb", "copies"]),
    "a database of PostgreSQL that nobody configured is copies, expected none",
  ],
  [
    "a protocol that the next deployment takes away",
    ({ app }) => Object.assign(app!.spec.services![0]!, { protocol: "HTTP2" }),
    "services.frontend.protocol in the app spec is HTTP2, expected missing",
  ],
  [
    "a measure of autoscaling that the next deployment takes away",
    ({ app }) => {
      const metrics = { requests_per_second: { per_instance: 100 } };
      Object.assign(app!.spec.services![0]!, { autoscaling: { metrics } });
    },
    "services.frontend.autoscaling.metrics.requests_per_second.per_instance in the app spec is 100, expected missing",
  ],
  [
    "an alert of a cluster that nobody configured",
    ({ policies }) =>
      policies.push({ ...policies[0]!, uuid: "other", description: "my own alert" }),
    "an alert of PostgreSQL that nobody configured is my own alert: cpu_alerts above 80 for 10m, expected none",
  ],
  [
    "an alert of a cluster that stands twice",
    ({ policies }) => policies.push({ ...policies[0]!, uuid: "again" }),
    "an alert of PostgreSQL that stands twice is cpu_alerts above 80 for 10m, expected none",
  ],
  [
    "an uptime check that stands twice",
    ({ checks }) => checks.push({ check: { ...checks[0]!.check, id: "again" }, alerts: [] }),
    "the uptime check mam-production-frontend, which stands twice, is https https://mam.northlight.example/, expected none",
  ],
  [
    "an alert of an uptime check that nobody configured",
    ({ checks }) =>
      checks[0]!.alerts.push({ ...checks[0]!.alerts[0]!, id: "other", name: "my own alert" }),
    "an alert of mam-production-frontend that nobody configured is my own alert: down for 2m, expected none",
  ],
  [
    "a certificate authority that is not allowed",
    ({ records }) => records.shift(),
    "the allowed certificate authorities is pki.goog, expected letsencrypt.org, pki.goog",
  ],
  [
    "a VPC in another datacentre",
    ({ vpc }) => (vpc!.region = "nyc3"),
    "the VPC's datacentre is nyc3, expected nyc1",
  ],
];

test.each(rows)("%s is found", (_, change, finding) => {
  expect(broken(change)).toEqual([finding]);
});

test("a secret that stands in clear is found, without repeating it", () => {
  const findings = broken(({ app }) => {
    const variable = app!.spec.services![1]!.envs!.find(({ key }) => key === "JWT_SECRET_A");
    variable!.value = "hunter2";
  });

  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(/JWT_SECRET_A.* in clear/);
  expect(findings[0]).not.toContain("hunter2");
});

test("a release that does not run is found although the spec says it does", () => {
  const findings = broken(({ app }) => {
    app!.active_deployment = structuredClone(app!.active_deployment!);
    app!.active_deployment.spec!.services![1]!.image!.digest = `sha256:${"9".repeat(64)}`;
  });

  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(/^the running image of api is sha256:9{64}/);
});
