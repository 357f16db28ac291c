import type { FidelityRow } from "../../fidelity.ts";
import {
  base,
  curl,
  godo,
  platform,
  readInGodo,
  reportedBy,
  seen,
  tests,
} from "./insights-sources.ts";
import { insightsMetricsFidelity } from "./insights-metrics.ts";

const dashboards: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A dashboard is sent as one key, the JSON text of its document, which comes back to the last byte; create and delete answer 200.",
    source: `${godo}; that the bytes stay is assumed`,
    lastVerified: "never",
    probe: `POST a spec with odd spacing, then ${curl(`${base}/dashboards | jq -r '.dashboards[0].spec'`)}`,
    test: `${tests}/dashboards/dashboards.test.ts`,
  },
  {
    platform,
    behaviour:
      "Dashboards are checked against the schema that the API serves; here that is a stub of Perses' documents: which kinds of charts, units and keys DigitalOcean takes is not known.",
    source: "@perses-dev/core 0.54.1 and its plugins; that DigitalOcean takes these is assumed",
    lastVerified: "never",
    probe: `${curl(`${base}/dashboards/schema`)} > schema.json`,
    test: `${tests}/dashboards/dashboards.test.ts`,
  },
  {
    platform,
    behaviour:
      "A dashboard's display name is unique in the team: 409 when creating and replacing. Dashboards of a team and charts of a dashboard have limits: 429. Errors of dashboards are {error, message, code}.",
    source: godo,
    lastVerified: readInGodo,
    probe: `POST the same dashboard twice; ${curl(`-i ${base}/dashboards/none`)}`,
    test: `${tests}/dashboards/dashboards.test.ts`,
  },
  {
    platform,
    behaviour:
      "The limits are 50 dashboards and 60 charts here, and can be set; the platform's numbers are not known.",
    source: "assumption",
    lastVerified: "never",
    probe: "read docs.digitalocean.com/products/insights/details/limits",
    test: `${tests}/dashboards/dashboards.test.ts`,
  },
  {
    platform,
    behaviour:
      "Lists of dashboards and resources take dotted parameters, leave out their key, pages and total when empty, and refuse more than 200 on a page with 400.",
    source: godo,
    lastVerified: readInGodo,
    probe: curl(`"${base}/dashboards?pagination.per_page=201"`),
    test: `${tests}/dashboards/dashboards.test.ts`,
  },
];

const alerts: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "Lists, gets and queries need insights:read, and changes insights:create, update or delete; without it 403. The signals of a resource need insights:update alone here.",
    source:
      "DigitalOcean API description for read and create; update and delete are assumed by their pattern, and docs.digitalocean.com/reference/dots says that signals need create as well",
    lastVerified: "never",
    probe:
      "repeat the calls with a token that has insights:read alone, then with each further scope",
    test: `${tests}/dashboards/dashboards.test.ts`,
  },
  {
    platform,
    behaviour:
      "An alert rule on a metric that does not exist, or that is written with underscores, is accepted with 201 and never fires.",
    source: `${seen} (B-034, B-008); that one with underscores never fires is assumed`,
    lastVerified: "never",
    probe:
      "POST a paused rule with a threshold of 1e9 on do.apps.none and on do_apps_app_cpu_usage; read both, delete both",
    test: `${tests}/rules/judge.test.ts`,
  },
  {
    platform,
    behaviour:
      "The list of rules leaves out those that were made in the control panel; GET by id answers them. Rules carry an owner_id.",
    source: `${seen} (B-009, B-012)`,
    lastVerified: reportedBy,
    probe: curl(`"${base}/alert-rules?per_page=200" | jq 'del(.alert_rules[].spec)'`),
    test: `${tests}/rules/rules.test.ts`,
  },
  {
    platform,
    behaviour:
      "An update of a rule replaces its spec, and keeps status, channels and re-alert duration where they are left out; no channels are refused with 400.",
    source: "pydo 0.44.0 and godo 1.239.0",
    lastVerified: readInGodo,
    probe: "PUT a rule without notification_channels, and with an empty list",
    test: `${tests}/rules/rules.test.ts`,
  },
  {
    platform,
    behaviour:
      "Rules are judged on whole minutes, on the mean over all series of a resource in the window, which ends where measurements can be seen: one alert for each resource; 5 minutes where no window is named. It is over when the rule has not been met for five minutes, also for lack of data.",
    source: `assumption; the times are those of ${seen} (B-031): 4 min 35 s to fire with a window of a minute, 8 min 35 s to recover`,
    lastVerified: "never",
    probe: "a low threshold on a worker's CPU; stop the worker; read alert-instances every minute",
    test: `${tests}/rules/judge.test.ts`,
  },
  {
    platform,
    behaviour:
      "Names of rules and channels need not be unique; a rule's channels have to exist (400); filters take a label with dots or underscores.",
    source: "assumption",
    lastVerified: "never",
    probe:
      "POST the same paused rule twice; two paused rules with the fields app_component and app.component",
    test: `${tests}/rules/judge.test.ts`,
  },
  {
    platform,
    behaviour:
      "Nobody is told of an alert: what would be delivered, to whom and when is written down (GET /__insights).",
    source:
      "what a delivery says is assumed; CloudEvents to webhooks were seen by DO-Solutions/porthole (B-027)",
    lastVerified: "never",
    probe: "a webhook channel to a public request bin, and a rule that is met",
    test: `${tests}/rules/judge.test.ts`,
  },
  {
    platform,
    behaviour:
      "Words of alert instances come in lower case, or as ALERT_INSTANCE_STATUS_ACTIVE with a field muted: both were seen, and can be chosen.",
    source: `${godo}; ${seen} (B-012, B-028)`,
    lastVerified: reportedBy,
    probe: curl(`${base}/alert-instances | jq '.alert_instances[0]'`),
    test: `${tests}/rules/judge.test.ts`,
  },
  {
    platform,
    behaviour:
      "Rules, channels and instances come with links and meta, or with pagination; secrets come back masked, or are left out and a status says that they are kept. Both shapes are described, and can be chosen.",
    source:
      "godo 1.239.0 for the first, pydo 0.44.0 and the first API description for the second of each",
    lastVerified: readInGodo,
    probe: curl(`${base}/notification-channels | jq '.notification_channels[]|del(.id)'`),
    test: `${tests}/channels/channels.test.ts`,
  },
  {
    platform,
    behaviour:
      "Mail goes to members of the team and to further verified contacts, others are refused with 400; a channel that a rule tells is not deleted (409).",
    source:
      "docs.digitalocean.com/reference/pydo, 2026-11-13, for the contacts; that it is 400 is assumed",
    lastVerified: "never",
    probe: "POST an email channel with an outside address",
    test: `${tests}/channels/channels.test.ts`,
  },
];

/** What is assumed about Insights. */
export const insightsFidelity: readonly FidelityRow[] = [
  ...dashboards,
  ...alerts,
  ...insightsMetricsFidelity,
];
