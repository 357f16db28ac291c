import { production } from "../../environments/production.ts";
import { anEnvironment, changed } from "../support/environments.ts";
import { type TerraformBlock, resources, stackOf } from "../support/stacks.ts";

const app = stackOf(anEnvironment(production), "app");

const spec = (app.resource.digitalocean_app?.app?.spec ?? {}) as Readonly<
  Record<string, readonly TerraformBlock[]>
>;

test("the app joins the VPC of its region, with its databases", () => {
  expect(spec).toMatchObject({
    name: "mam-production",
    region: "nyc",
    vpc: [{ id: expect.stringContaining("digitalocean_vpc_vpc_id") }],
    database: [
      {
        name: "postgres",
        engine: "PG",
        production: true,
        cluster_name: "mam-production-postgres",
        db_user: "mam_app",
      },
      {
        name: "postgres-b",
        engine: "PG",
        production: true,
        cluster_name: "mam-production-postgres",
        db_user: "mam_app_b",
      },
      {
        name: "postgres-admin",
        engine: "PG",
        production: true,
        cluster_name: "mam-production-postgres",
        db_user: "doadmin",
      },
      { name: "valkey", engine: "VALKEY", production: true, cluster_name: "mam-production-valkey" },
    ],
  });
});

test("liveness checks stand on the component that they are made for", () => {
  const checks = [...(spec.service ?? []), ...(spec.worker ?? [])].map((component) => [
    component.name,
    component.liveness_health_check,
  ]);
  const check = (http_path: string, port: number) => ({
    http_path,
    port,
    initial_delay_seconds: 15,
    period_seconds: 10,
    timeout_seconds: 3,
    success_threshold: 1,
    failure_threshold: 18,
  });

  expect(checks).toEqual([
    ["frontend", check("/api/health", 3001)],
    ["api", check("/api/health", 3000)],
    ["edge", check("/health", 8080)],
    ["worker", check("/health", 9090)],
  ]);
});

test("hosts are in the zone, which App Platform writes their records into", () => {
  expect(spec.domain).toEqual([
    { name: "mam.northlight.example", type: "PRIMARY", zone: "${digitalocean_domain.zone.name}" },
    { name: "media.northlight.example", type: "ALIAS", zone: "${digitalocean_domain.zone.name}" },
  ]);
});

test("the zone is protected, allows both certificate authorities, and no host has a second owner", () => {
  expect(resources(app, "digitalocean_domain")).toMatchObject([
    ["zone", { name: "northlight.example", lifecycle: { prevent_destroy: true } }],
  ]);
  expect(
    resources(app, "digitalocean_record").map(([, { type, name, tag, value }]) => ({
      type,
      name,
      tag,
      value,
    })),
  ).toEqual([
    { type: "CAA", name: "@", tag: "issue", value: "letsencrypt.org." },
    { type: "CAA", name: "@", tag: "issue", value: "pki.goog." },
  ]);
});

test("a zone managed elsewhere is left alone, and the records to create are an output", () => {
  const elsewhere = stackOf(
    anEnvironment(
      changed((draft) => {
        draft.domain.zoneManagedBy = "elsewhere";
        draft.domain.appHost = "northlight.example";
      }),
    ),
    "app",
  );
  const host = '${trimprefix(digitalocean_app.app.default_ingress, "https://")}';

  expect(resources(elsewhere, "digitalocean_domain")).toEqual([]);
  expect(resources(elsewhere, "digitalocean_record")).toEqual([]);
  expect(elsewhere.removed).toEqual(
    [
      "digitalocean_record.dns_caa_letsencrypt",
      "digitalocean_record.dns_caa_pki",
      "digitalocean_domain.zone",
    ].map((from) => ({ from, lifecycle: { destroy: false } })),
  );
  expect(app.removed).toBeUndefined();
  expect(elsewhere.output?.dns_records?.value).toEqual([
    { name: "northlight.example", type: "A", value: "162.159.140.98" },
    { name: "northlight.example", type: "A", value: "172.66.0.96" },
    { name: "media.northlight.example", type: "CNAME", value: host },
    { name: "northlight.example", type: "CAA", value: '0 issue "letsencrypt.org"' },
    { name: "northlight.example", type: "CAA", value: '0 issue "pki.goog"' },
  ]);
});

test("frontend, API and media are each watched from outside for outage, latency and certificate", () => {
  const checks = resources(app, "digitalocean_uptime_check").map(([name, { target }]) => [
    name,
    target,
  ]);
  const alerts = resources(app, "digitalocean_uptime_alert").map(([name]) => name);

  expect(Object.fromEntries(checks)).toEqual({
    uptime_frontend: "https://mam.northlight.example/",
    uptime_api: "https://mam.northlight.example/api/health",
    uptime_media: "https://media.northlight.example/health",
    uptime_service_levels_frontend: "https://mam.northlight.example/service-levels",
    uptime_service_levels_api: "https://mam.northlight.example/api/service-levels",
    uptime_service_levels_edge: "https://media.northlight.example/service-levels",
  });
  expect(alerts).toEqual([
    ...["api", "frontend", "media"].flatMap((check) =>
      ["down", "down_global", "latency", "ssl_expiry"].map((type) => `uptime_${check}_${type}`),
    ),
    // A missed objective is told once, and nothing else is judged by these checks.
    ...["api", "edge", "frontend"].map((name) => `uptime_service_levels_${name}_down_global`),
  ]);
});

test("every check names the places that it asks from: the platform's own choice would differ on every plan", () => {
  const checks = resources(app, "digitalocean_uptime_check");

  expect(checks).not.toEqual([]);
  for (const [, { regions }] of checks) expect(regions).toEqual(["us_east", "eu_west"]);
});

test("uptime alerts have the environment's thresholds", () => {
  const { uptime_api_latency, uptime_api_ssl_expiry } = Object.fromEntries(
    resources(app, "digitalocean_uptime_alert"),
  );

  expect(uptime_api_latency).toMatchObject({
    threshold: 1000,
    comparison: "greater_than",
    period: "5m",
  });
  expect(uptime_api_ssl_expiry).toMatchObject({ threshold: 14, comparison: "less_than" });
});

test("a muted environment is still checked, but alerts nobody", () => {
  const muted = stackOf(
    anEnvironment(
      changed(
        (draft) =>
          (draft.alerting = { mutedReason: "Accepted until the load test of the coming quarter." }),
      ),
    ),
    "app",
  );

  expect(resources(muted, "digitalocean_uptime_check")).toHaveLength(6);
  expect(JSON.stringify(muted.resource)).not.toMatch(/"(notifications|destinations)":/);
});

test("the CDN is off, so that nothing is served after its link has expired", () => {
  expect(spec).toMatchObject({ disable_edge_cache: true });
});

test("the maintenance page is shown when it is switched on, and not mentioned otherwise", () => {
  const closed = stackOf(
    anEnvironment(changed(({ services }) => (services.maintenancePage = { enabled: true }))),
    "app",
  );

  expect(spec).not.toHaveProperty("maintenance");
  expect(closed.resource.digitalocean_app?.app?.spec).toMatchObject({
    maintenance: { enabled: true },
  });
});

test("the app cannot be destroyed, and a stuck deployment ends after twenty minutes", () => {
  expect(app.resource.digitalocean_app?.app).toMatchObject({
    lifecycle: { prevent_destroy: true },
    timeouts: { create: "20m" },
  });
});

test("the outputs say where everything is", () => {
  expect(Object.keys(app.output ?? {})).toEqual([
    "app_console",
    "app_id",
    "default_ingress",
    "urls",
  ]);
});
