import { specDifferences } from "../../../../operations/verify/app-spec/differences.ts";
import type { ObservedState } from "../../../../operations/platform/observed-state.ts";
import { production } from "../../../../environments/production.ts";
import { anEnvironment, changed } from "../../../support/environments.ts";
import { anAgreeingState } from "../../../support/observed-state.ts";

type Spec = NonNullable<ObservedState["app"]>["spec"];

const environment = anEnvironment();

const differences = (change: (spec: Spec) => unknown) => {
  const observed = anAgreeingState(environment);
  change(observed.app!.spec);
  return specDifferences(environment, observed).map(
    ({ path, expected, found }) => `${path}: ${expected ?? "nothing"}, found ${found ?? "nothing"}`,
  );
};

const service = ({ services }: Spec, wanted: string) =>
  services!.find(({ name }) => name === wanted)!;
const api = (spec: Spec) => service(spec, "api");
const env = (spec: Spec, name: string) => api(spec).envs!.find(({ key }) => key === name)!;

test.each<[what: string, change: (spec: Spec) => unknown, found: readonly string[]]>([
  ["nothing", () => undefined, []],
  ["the order of components", ({ services }) => services!.reverse(), []],
  [
    "what the platform fills in by itself",
    (spec) =>
      Object.assign(service(spec, "edge"), {
        internal_ports: [9000],
        dockerfile_path: "Dockerfile",
      }),
    [],
  ],
  [
    "another internal port",
    (spec) => Object.assign(api(spec), { internal_ports: [9000] }),
    ["services.api.internal_ports: 3100, found 9000"],
  ],
  [
    "a type that the platform leaves out",
    (spec) => {
      delete env(spec, "LOG_LEVEL").type;
    },
    [],
  ],
  [
    "autoscaling that was widened",
    (spec) => Object.assign(api(spec), { autoscaling: { max_instance_count: 20 } }),
    [
      "services.api.autoscaling.min_instance_count: 2, found nothing",
      "services.api.autoscaling.max_instance_count: 6, found 20",
      "services.api.autoscaling.metrics.cpu.percent: 70, found nothing",
    ],
  ],
  [
    "a health check that looks elsewhere",
    (spec) => Object.assign(api(spec), { health_check: { http_path: "/" } }),
    expect.arrayContaining(["services.api.health_check.http_path: /api/health, found /"]),
  ],
  [
    "a component that nobody configured, said once",
    ({ workers }) => workers!.push({ name: "miner", image: { repository: "miner" } }),
    ["workers.miner: nothing, found present"],
  ],
  [
    "a component that was removed, said once",
    (spec) => (spec.jobs = []),
    ["jobs.migrate: present, found nothing"],
  ],
  [
    "a maintenance page that was switched on",
    (spec) => Object.assign(spec, { maintenance: { enabled: true } }),
    ["maintenance.enabled: nothing, found true"],
  ],
  [
    "another origin that may call the API",
    (spec) => {
      const [, rule] = (spec as { ingress?: { rules?: { cors?: object }[] } }).ingress!.rules!;
      Object.assign(rule!.cors!, { allow_origins: [{ exact: "https://evil.example" }] });
    },
    [
      "ingress.rules.1.cors.allow_origins.0.exact: https://mam.northlight.example, found https://evil.example",
    ],
  ],
  [
    "a route that was added",
    (spec) => {
      const { rules } = (spec as { ingress?: { rules?: object[] } }).ingress!;
      rules!.push({ match: { path: { prefix: "/admin" } }, component: { name: "api" } });
    },
    ["ingress.rules.3: nothing, found present"],
  ],
  [
    "a variable for all components",
    (spec) => (spec.envs = [{ key: "DEBUG", value: "1" }]),
    ["envs.DEBUG: nothing, found present"],
  ],
  [
    "a secret that stands in clear",
    (spec) => (env(spec, "JWT_SECRET_A").value = "hunter2"),
    ["services.api.envs.JWT_SECRET_A.value: encrypted, found in clear, not shown here"],
  ],
  [
    "an address with a password",
    (spec) => (env(spec, "REDIS_URL").value = "rediss://default:hunter2@private.example:25061"),
    [
      "services.api.envs.REDIS_URL.value: rediss://${valkey.USERNAME}:${valkey.PASSWORD}@private.example:25060, found rediss://(credentials)@private.example:25061",
    ],
  ],
  [
    "a log destination with another token, which is not compared",
    (spec) =>
      Object.assign(api(spec), {
        log_destinations: [{ name: "better-stack", logtail: { token: "hunter2" } }],
      }),
    [],
  ],
])("%s", (_, change, found) => {
  expect(differences(change)).toEqual(found);
});

test("an app that does not exist is one difference", () => {
  const observed = { ...anAgreeingState(environment), app: undefined };

  expect(specDifferences(environment, observed)).toEqual([
    { path: "", resource: "the app", expected: "an app", found: undefined },
  ]);
});

test.each<[what: string, answered: object]>([
  ["as it was sent", { deploy_on_push: { enabled: false } }],
  ["as an empty object", { deploy_on_push: {} }],
  ["not at all", {}],
])(
  "that an adopted app deploys no push is no difference, when it is given back %s",
  (_, answered) => {
    const adopted = anEnvironment(
      changed((draft) => {
        draft.state.adopted = { app: "web-shop" };
      }, production),
    );
    const observed = anAgreeingState(adopted);
    const image = api(observed.app!.spec).image as { deploy_on_push?: object };
    delete image.deploy_on_push;
    Object.assign(image, answered);

    expect(specDifferences(adopted, observed)).toEqual([]);
  },
);
