import type { ValidRequest } from "../valid-request.ts";
import { otherSpecs, wholeSpec as spec } from "./app-specs.ts";

const page = { page: 1, per_page: 20 };
const log = { follow: "true", type: "RUN", pod_connection_timeout: "3m" };
const rollback = { deployment_id: "{first}", skip_pin: false };
const rolledBack = { call: "POST /v2/apps/{app}/rollback", body: rollback };

/** One request of each that takes nothing. */
const plain: readonly string[] = [
  "GET /v2/apps/tiers/instance_sizes",
  "GET /v2/apps/tiers/instance_sizes/apps-s-1vcpu-1gb",
  "GET /v2/apps/regions",
  "DELETE /v2/apps/{app}",
  "GET /v2/apps/{app}/instances",
  "GET /v2/apps/{app}/health",
  "GET /v2/apps/{app}/alerts",
  "GET /v2/apps/{app}/deployments/{second}",
];

/** `/v2/apps`. */
export const appRequests: readonly ValidRequest[] = [
  ...plain.map((call) => ({ call })),
  { call: "GET /v2/apps", query: { ...page, with_projects: "true" } },
  { call: "GET /v2/apps/{app}" },
  { call: "POST /v2/apps", body: { spec, project_id: "{project}" } },
  ...otherSpecs.map((one) => ({ call: "POST /v2/apps", body: { spec: one } })),
  {
    call: "PUT /v2/apps/{app}",
    body: { spec: { ...spec, name: "mam" }, update_all_source_versions: true },
    except: ".spec",
  },
  { call: "POST /v2/apps/propose", body: { spec, app_id: "{app}" }, except: ".spec" },
  { call: "POST /v2/apps/{app}/restart", body: { components: ["api"] } },
  { call: "GET /v2/apps/{app}/deployments", query: page },
  { call: "POST /v2/apps/{app}/deployments", body: { force_build: true } },
  {
    call: "POST /v2/apps/{app}/deployments/{newest}/cancel",
    after: [{ call: "POST /v2/apps/{app}/deployments", body: { force_build: true } }],
  },
  ...["", "/components/api", "/deployments/{second}", "/deployments/{second}/components/api"].map(
    (place) => ({ call: `GET /v2/apps/{app}${place}/logs`, query: log }),
  ),
  ...["", "/deployments/{second}"].map((place) => ({
    call: `GET /v2/apps/{app}${place}/components/api/exec`,
    query: { instance_name: "{instance}" },
  })),
  {
    call: "POST /v2/apps/{app}/alerts/{appAlert}/destinations",
    body: {
      emails: ["owner@example.com"],
      slack_webhooks: [{ url: "https://hooks.slack.com/services/T/B/x", channel: "alerts" }],
    },
  },
  { call: "POST /v2/apps/{app}/rollback/validate", body: rollback },
  rolledBack,
  { call: "POST /v2/apps/{app}/rollback/commit", after: [rolledBack], wait: 600 },
  { call: "POST /v2/apps/{app}/rollback/revert", after: [rolledBack], wait: 600 },
];
