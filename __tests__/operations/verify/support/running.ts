import { endpointsVariable } from "../../../../stacks/endpoints.ts";
import { type Breakage, ago, deploy, keepIt } from "./breakage.ts";
import type { World } from "./world.ts";

const other = `sha256:${"9".repeat(64)}`;

const service = ({ app }: World, name: string) =>
  app.spec.services!.find((one) => one.name === name)!;

const variable = (world: World, component: string, key: string) =>
  service(world, component).envs!.find((one) => one.key === key)!;

/** What can break about the app and the way to it. */
export const runningBreakages: readonly Breakage[] = [
  {
    id: "running-images",
    what: "another image runs",
    breaks: ({ active }) => {
      active.spec = structuredClone(active.spec);
      active.spec.services![1]!.image!.digest = other;
    },
    resource: "the running image of api",
    expected: /^sha256:e6c6/,
    found: other,
    fix: deploy,
  },
  {
    id: "deployment-active",
    what: "a deployment is under way",
    breaks: ({ app, active }) =>
      app.deployments.push({ ...active, id: "next", phase: "DEPLOYING", stage: "rolling-out" }),
    resource: "deployments under way",
    expected: "none",
    found: "next DEPLOYING",
    fix: /wait/,
  },
  {
    id: "newest-deployment",
    what: "the newest deployment failed",
    breaks: ({ app, active }) =>
      app.deployments.push({ ...active, id: "newest", phase: "ERROR", stage: "over" }),
    resource: "the newest deployment, newest",
    expected: "ACTIVE",
    found: /^ERROR; what serves is [0-9a-f-]{36}$/,
    fix: deploy,
  },
  {
    id: "not-pinned",
    what: "a rollback was neither committed nor reverted",
    breaks: ({ app, active }) => (app.pinned_deployment = active.id),
    resource: "the app mam-staging",
    expected: "no rollback under way",
    found: /^pinned to deployment [0-9a-f-]{36}$/,
    fix: /mam rollback <environment> --emergency/,
  },
  {
    id: "service-levels",
    what: "nothing is at the address of service levels",
    breaks: ({ active }) => (active.spec = { ...active.spec, ingress: { rules: [] } }),
    resource: "the service levels of edge",
    expected:
      "https://media.staging.northlight.example/service-levels answers 200 or 503 with its objectives",
    found: "404",
    fix: /docs\/service-levels\.md.*monitoring\.objectives\.enabled: false/,
  },
  {
    id: "domains-active",
    what: "a certificate is not issued yet",
    breaks: ({ app }) => {
      const media = app.domains[1]!;
      media.phase = "CONFIGURING";
      media.progress.at(-1)!.status = "RUNNING";
    },
    resource: "the domain media.staging.northlight.example",
    expected: "ACTIVE",
    found: "CONFIGURING: ensure-certificate",
    fix: /^wait/,
  },
  {
    id: "domains-active",
    what: "a record of somebody else keeps a host from its certificate",
    breaks: ({ app }) => {
      const [domain] = app.domains;
      domain!.phase = "ERROR";
      Object.assign(domain!.progress[2]!, {
        status: "ERROR",
        reason: { code: "DomainConfigurationFailed", message: "the zone has another record" },
      });
    },
    resource: "the domain mam.staging.northlight.example",
    expected: "ACTIVE",
    found: "ERROR: ensure-record: the zone has another record",
    fix: /control panel/,
  },
  {
    id: "public-health",
    what: "no instance of the API answers",
    breaks: ({ app }) => {
      for (const instance of app.instances) {
        if (instance.component === "api") instance.terminated = 0;
      }
    },
    resource: "api, https://mam.staging.northlight.example/api/health",
    expected: "200",
    found: "503",
    fix: /mam rollback <environment>/,
  },
  {
    id: "certificates",
    what: "a certificate has expired",
    breaks: ({ app }) => (app.domains[0]!.certificate_expires_at = ago(0.01)),
    resource: "the certificate of mam.staging.northlight.example",
    expected: "trusted",
    found: "CERT_HAS_EXPIRED",
    fix: /letsencrypt\.org and pki\.goog/,
  },
  {
    id: "certificate-days",
    what: "a certificate is not renewed",
    breaks: ({ app }) => (app.domains[1]!.certificate_expires_at = ago(-5.5)),
    resource: "the certificate of media.staging.northlight.example",
    expected: "valid for 14 days or more",
    found: "5 days",
    fix: /control panel/,
  },
  {
    id: "https-redirects",
    what: "plain HTTP is answered",
    variables: ({ cloud }) => {
      const { internet, ...endpoints } = cloud.endpoints;
      const plain = { ...internet, http: cloud.digitalOcean.trafficUrl };
      return { [endpointsVariable]: JSON.stringify({ ...endpoints, internet: plain }) };
    },
    resource: "http://mam.staging.northlight.example/",
    expected: "a redirection to https://mam.staging.northlight.example/",
    found: "200 without a location",
    fix: /owner of the host/,
  },
  {
    id: "links-accepted",
    what: "the edge has lost its key",
    breaks: ({ active }) => {
      const edge = active.spec.services!.find(({ name }) => name === "edge")!;
      edge.envs = edge.envs!.filter(({ key }) => key !== "EDGE_SIGNING_KEY_A");
    },
    resource: "a valid link signed with slot A",
    expected: "200",
    found: "403",
    fix: deploy,
  },
  {
    id: "links-refused",
    what: "the edge verifies nothing",
    breaks: ({ store }) => {
      for (const { name, manifests } of store.registries[0]!.repositories) {
        if (name === "mam-edge")
          for (const one of manifests) Object.assign(one, { verifiesLinks: false });
      }
    },
    resource: /^a link with another signature/,
    expected: "403",
    found: "200",
    fix: /mam rollback <environment>/,
  },
  {
    id: "app-spec",
    what: "an instance was taken away in the control panel",
    breaks: (world) => (service(world, "api").instance_count = 1),
    resource: "services.api.instance_count in the app spec",
    expected: "2",
    found: "1",
    fix: keepIt,
  },
  {
    id: "app-variables",
    what: "a variable was changed in the control panel",
    breaks: (world) => (variable(world, "api", "LOG_LEVEL").value = "error"),
    resource: "services.api.envs.LOG_LEVEL.value in the app spec",
    expected: "debug",
    found: "error",
    fix: keepIt,
  },
  {
    id: "secrets-encrypted",
    what: "a secret stands in clear",
    breaks: (world) =>
      Object.assign(variable(world, "api", "JWT_SECRET_A"), { value: "hunter2", type: "GENERAL" }),
    resource: "services.api.envs.JWT_SECRET_A.value in the app spec",
    expected: "encrypted",
    found: "in clear, not shown here",
    fix: keepIt,
  },
  {
    id: "private-hosts",
    what: "the API reaches PostgreSQL over the internet",
    breaks: (world) => (variable(world, "api", "POSTGRES_URL").value = "${postgres.DATABASE_URL}"),
    resource: "POSTGRES_URL of api",
    expected: "a private host",
    found: "${postgres.DATABASE_URL}, which is public",
    fix: keepIt,
  },
  {
    id: "log-destinations",
    what: "the worker's logs go nowhere",
    breaks: ({ app }) => (app.spec.workers![0]!.log_destinations = []),
    resource: "workers.worker.log_destinations.better-stack in the app spec",
    expected: "present",
    found: "missing",
    fix: keepIt,
  },
  {
    id: "app-alerts",
    what: "an alert of the frontend was removed",
    breaks: (world) => service(world, "frontend").alerts!.pop(),
    resource: "services.frontend.alerts.RESTART_COUNT in the app spec",
    expected: "present",
    found: "missing",
    fix: keepIt,
  },
];
