import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { estimate } from "../../operations/cost/estimate.ts";
import type { Price } from "../../operations/cost/price.ts";
import { datedPrices } from "../../operations/cost/prices/dated.ts";
import {
  assumedInWords,
  estimateRows,
  evidenceInWords,
  headline,
  priceInWords,
} from "../../operations/cost/text.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
\`npx mam cost <environment> [--usage <name=number>] [--json]\` estimates what an environment costs in a month, by resource. It
needs no token: prices are data of the project, each with the day and the page of which it is. With \`DIGITALOCEAN_TOKEN\` the
sizes of App Platform are priced as its API says at this moment, and the result says so; no other API gives prices. \`mam plan\`
says what a plan does to the cost, in text, in Markdown and as JSON ([plan](plan.md)).

| Exit code | Means |
| --- | --- |
| 0 | estimated; a platform that gives no prices is no failure, and the result says so |
| 2 | bad usage or configuration, such as an assumption that there is not |

Nothing is guessed. What cannot be known is a line that says so, with the page to look at, and no sum holds it. A range is what
autoscaling may make of it, or a price of which only the least is known. Taxes, support, discounts and what a droplet of yours costs
are not in it.

How much the platform is used is assumed: \`cost.assumptions\` of the environment, whose defaults are below and in
[configuration](configuration.md). Put your own numbers there, or try some: \`--usage playedGibMonth=5000\`.
`;

const rules = `
## How it is reckoned

- **App Platform** bills each instance by the second, at most 28 days a month. A component that is scaled by load costs between
  its fewest and its most instances. The job \`migrate\` costs what it runs. Each instance includes an amount of data that may
  leave; all apps of a team share it, and more is billed by the GiB. Uploads go from browsers to Wasabi, and cost nothing here.
- **Databases** bill every node: a standby costs what the primary does. A larger disk than the plan's costs beside it.
- **Wasabi** bills an account for one TiB at least, and each object for 90 days at least, however early it is deleted: previews,
  uploads and dumps that go sooner are billed on as "deleted objects". Every version counts; those of masters are never deleted by
  themselves. Data that leaves is free as long as no more leaves in a month than is stored: beyond it Wasabi may limit the
  account, for which there is no price. Two environments in one account pay the first TiB once.
- **Spaces** is one subscription for all buckets of an account.
- Logs, the domain, Insights and the container registry are billed by others, or by plans that no file here knows.

## As JSON

\`lines\` with \`part\`, \`resource\`, \`quantity\`, \`price\` (a key of \`prices\`), \`month\` with \`least\` and \`most\`, and \`note\`. \`month\` is
null where nothing is known; \`most\` is null where there is no upper bound. \`month\` beside them is the sum of what is known, \`unknown\`
names what is not, \`assumptions\` and \`asked\` say what it was reckoned with.
`;

/** What each environment costs, and every price. */
export function costPage(environments: readonly EnvironmentConfig[]): string {
  const prices = Object.entries(datedPrices).map(priceRow);
  return [
    generatedPage("What it costs", introduction),
    ...environments.map(environmentSection),
    "## Prices",
    "Confirm those that are second-hand: they are what others say that the vendor's page says. Files: `operations/cost/prices/`, one line a price.",
    table(["Price", "USD", "Per", "Stood there", "How sure", "Page"], prices),
    rules,
  ].join("\n\n");
}

function environmentSection(config: EnvironmentConfig): string {
  const estimated = estimate(config);
  return [
    `## ${config.name}`,
    `**${headline(estimated)}**`,
    table(["Part", "Resource", "How much", "A month", "Note"], estimateRows(estimated.lines)),
    `Assumed: ${assumedInWords(config.cost.assumptions)}.`,
  ].join("\n\n");
}

function priceRow([key, price]: [string, Price]): string[] {
  const { per, date, evidence, source } = price;
  return [code(key), priceInWords(price), per, date, evidenceInWords[evidence], source];
}
