import { act, check, type Landmine, line, test } from "./landmine.ts";

const t = "__tests__";
const own = `${t}/operations/dashboard/insights.platform.test.ts`;
const rules = `${t}/operations/dashboard/rules.test.ts`;

/** DigitalOcean Insights. */
export const insightsLandmines: readonly Landmine[] = [
  {
    what: "There is an API for dashboards, whatever older pages say.",
    guards: [
      test(
        own,
        "the first apply makes a channel, the rules and the dashboard, and the second writes nothing",
      ),
    ],
  },
  {
    what: "The provider has no dashboards: Terraform cannot make them.",
    guards: [act("mam-deploy"), check("insights-dashboard")],
  },
  {
    what: "App Platform counts no answers of 4xx and 5xx: a rule about errors is about nothing.",
    guards: [
      test(
        `${t}/monitoring/dashboard.test.ts`,
        "every query asks for one resource of the environment, and for metrics that are known",
      ),
      check("service-levels"),
    ],
  },
  {
    what: "A rule about a metric that does not exist is taken, and never fires.",
    guards: [
      test(own, "a metric that nobody sends any more is refused by name, and nothing is sent"),
      test(
        `${t}/operations/dashboard/catalogue.test.ts`,
        "$metric that is missing among its kind is unknown",
      ),
    ],
  },
  {
    what: "A dashboard travels as a text in JSON, and its statuses are of their own.",
    guards: [
      test(
        "packages/cloud/__tests__/digitalocean/insights/dashboards/dashboards.test.ts",
        "a dashboard is created and deleted with 200, and its text comes back to the last byte",
      ),
      test(
        `${t}/operations/dashboard/dashboards.test.ts`,
        "a document that is no JSON any more is written again",
      ),
    ],
  },
  {
    what: "Lists come in several shapes.",
    guards: [
      line("packages/clients/src/digitalocean/insights/paging.ts", "pagination"),
      test(
        "packages/cloud/__tests__/digitalocean/insights/channels/channels.test.ts",
        "an empty list of the envelope pagination has no key",
      ),
    ],
  },
  {
    what: "Rules that were made in the control panel may be missing in the list.",
    guards: [test(rules, "rules of people, and of another environment, are not ours")],
  },
  {
    what: "Labels differ from metric to metric: only the resource is sure.",
    guards: [
      test(
        `${t}/monitoring/dashboard.test.ts`,
        "every query asks for one resource of the environment, and for metrics that are known",
      ),
      test(rules, "rules are sent with dotted metrics, one resource, one limit and the channel"),
    ],
  },
  {
    what: "Databases are measured every second minute, with nothing in between.",
    guards: [
      test(
        rules,
        "rules about databases look at five minutes at least: they are measured every second minute",
      ),
    ],
  },
  {
    what: "Logs and traces are kept as they are written, whatever is in them.",
    guards: [
      test(own, "an environment that switched Insights off is not asked about, and says why"),
    ],
  },
];
