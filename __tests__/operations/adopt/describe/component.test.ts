import { described, image, of, standing } from "../support/standing.ts";

const one = (changes: object) =>
  described(standing({ services: [{ ...image("web"), ...changes }] }));

/** What somebody set, and what is said of it. */
const settings: readonly (readonly [string, object, RegExp])[] = [
  ["a command", { run_command: "npm start" }, /its run command goes: the image's own command runs/],
  [
    "a push that deploys",
    { image: { ...image("web").image, deploy_on_push: { enabled: true } } },
    /a push deploys it no more/,
  ],
  ["a low port", { http_port: 80 }, /another port than 80 from then on, which PORT tells it/],
  [
    "autoscaling by requests",
    {
      autoscaling: {
        min_instance_count: 1,
        max_instance_count: 3,
        metrics: { requests_per_second: { per_instance: 5 } },
      },
    },
    /it scales by CPU alone from then on, no more by requests_per_second/,
  ],
  ["no check", {}, /it had no HTTP check: .* services.frontend.health.path with 200/],
  [
    "a check of another port",
    { health_check: { http_path: "/x", port: 9 } },
    /its check asks the port that visitors come to/,
  ],
  [
    "internal ports, CORS, alerts and logs",
    {
      internal_ports: [1],
      cors: {},
      alerts: [{ rule: "CPU_UTILIZATION" }],
      log_destinations: [{ name: "a" }],
    },
    /the environment decides from then on: internal ports, CORS, alerts .*, where its log goes/,
  ],
];

test.each(settings)("of %s is said what becomes of it", (_, changes, what) => {
  expect(of(one(changes).remarks, "changed")).toContainEqual(
    expect.stringMatching(new RegExp(`the component web: .*${what.source}`)),
  );
});

test("numbers of a check, and how an instance is taken away, stay as they are", () => {
  const { fields } = one({
    health_check: {
      http_path: "healthz",
      initial_delay_seconds: 20,
      period_seconds: 30,
      timeout_seconds: 9,
    },
    termination: { drain_seconds: 60, grace_period_seconds: 300 },
  });

  expect(fields.services.frontend).toMatchObject({
    health: { path: "/healthz", initialDelaySeconds: 20, periodSeconds: 30, timeoutSeconds: 9 },
    termination: { drainSeconds: 60, graceSeconds: 300 },
  });
});

test("checks that overlap, which no rule of ours lets pass, keep their path alone", () => {
  const { fields } = one({
    health_check: { http_path: "/up", period_seconds: 5, timeout_seconds: 5 },
  });

  expect(fields.services.frontend.health).toEqual({ path: "/up" });
});

test.each([
  ["a repository of code", { image: undefined, github: { repo: "shop/web", branch: "main" } }],
  [
    "another registry",
    { image: { registry_type: "GHCR", registry: "shop", repository: "web", tag: "1" } },
  ],
])("what comes from %s goes, and the gate asks for a reason", (_, source) => {
  expect(of(one(source).remarks, "lost")).toContainEqual(
    expect.stringMatching(/the source of web: .*what runs now goes/),
  );
});

test("a maintenance page stays", () => {
  const maintenance = { enabled: true, offline_page_url: "https://status.shop.example/" };

  expect(described(standing({ maintenance })).fields.services.maintenancePage).toEqual({
    enabled: true,
    offlinePageUrl: "https://status.shop.example/",
  });
});

/** Components by what they are, and not only by what they are called. */
test("a name alone makes no worker of a service that visitors come to, and no service of a worker", () => {
  const spec = {
    services: [image("worker"), image("site")],
    workers: [image("api")],
    ingress: {
      rules: [
        { match: { path: { prefix: "/api" } }, component: { name: "worker" } },
        { match: { path: { prefix: "/" } }, component: { name: "site" } },
      ],
    },
  };

  expect(described(standing(spec)).fields.services).toMatchObject({
    frontend: { repository: "shop-site" },
    api: { repository: "shop-worker" },
    worker: { repository: "shop-api" },
  });
});
