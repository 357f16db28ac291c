import { readFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { environments } from "../../environments/index.ts";
import {
  type EnvironmentConfig,
  environmentSchema,
} from "../../environments/schema/environment.ts";
import { runbookPages } from "../../operations/runbook/pages.ts";
import { alertsPage } from "./alerts.ts";
import { checksPage } from "./checks.ts";
import { dashboardDocument } from "../../monitoring/dashboard.ts";
import { codeMap } from "./code-map.ts";
import { configurationPage } from "./configuration.ts";
import { costPage } from "./cost.ts";
import { deployerAccessPage } from "./deployer-access.ts";
import { environmentVariablesPage } from "./environment-variables.ts";
import { storageAccessPage } from "./storage-access.ts";
import { logQueriesSection } from "./log-queries.ts";
import { fidelityPage } from "./fidelity.ts";
import { providerSentence, readProviderRecord } from "../conformance/provider-record.ts";
import { withSection } from "./sections.ts";
import { landminesPage } from "./landmines.ts";
import { mutantsPage } from "./mutants.ts";
import { unseenChangesPage } from "./unseen-changes.ts";
import { parityPage } from "./parity.ts";
import { upgradesPage } from "./upgrades.ts";
import { whereIsTable } from "./where-is.ts";

/** The resource type that docs/rehearsal.md shows as an example. */
const example = "packages/provider/src/resources/digitalocean/database-db.ts";

/**
 * Every generated page by its path, as it has to stand in the repository.
 *
 * @param root directory of the project.
 */
export async function generatedPages(root: string): Promise<ReadonlyMap<string, string>> {
  const all = Object.values(environments).map((environment) =>
    environmentSchema.parse(environment),
  );
  const production = environmentSchema.parse(environments.production);
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const pages: readonly [string, string][] = [
    ["docs/configuration.md", configurationPage()],
    ["docs/environment-variables.md", environmentVariablesPage()],
    ["docs/storage-access.md", storageAccessPage(production)],
    ["docs/deployer-access.md", deployerAccessPage(all)],
    ["docs/cost.md", costPage(all)],
    ...all.map((environment): [string, string] => [
      `docs/dashboards/${environment.name}.json`,
      exampleDashboard(environment),
    ]),
    ["docs/fidelity.md", fidelityPage()],
    ["docs/checks.md", checksPage()],
    ["docs/landmines.md", landminesPage()],
    ["docs/mutants.md", mutantsPage()],
    ["docs/unseen-changes.md", unseenChangesPage()],
    ["docs/parity.md", parityPage()],
    ["docs/upgrades.md", upgradesPage()],
    ["docs/alerts.md", alertsPage()],
    [
      "docs/rehearsal.md",
      withSection(read("docs/rehearsal.md"), "resource-example", sourceOf(read(example))),
    ],
    ["docs/logs.md", withSection(read("docs/logs.md"), "log-queries", logQueriesSection())],
    ["docs/architecture.md", withSection(read("docs/architecture.md"), "code-map", codeMap())],
    ["README.md", readme(read("README.md"), root)],
  ];
  const options = await resolveConfig(join(root, "README.md"));
  const formatted = pages.map(
    async ([path, text]) => [path, await format(text, { ...options, filepath: path })] as const,
  );
  // These are written by `mam runbook`, too, which has no formatter.
  const runbooks = all.flatMap((environment) =>
    runbookPages(environment).map(({ path, content }) => [path, content] as const),
  );
  return new Map([...(await Promise.all(formatted)), ...runbooks]);
}

/** The README with its table of files, and with how the embedded providers compare. */
function readme(text: string, root: string): string {
  const compared = `${providerSentence(readProviderRecord())} [How](packages/provider/src/schemas/README.md#comparing).`;
  return withSection(
    withSection(text, "where-is", whereIsTable(root)),
    "provider-conformance",
    compared,
  );
}

/** The dashboard of an environment, with ids that nothing has: what a review reads. */
function exampleDashboard(config: EnvironmentConfig): string {
  const watched = { app: "app-id", postgres: "postgres-id", valkey: "valkey-id" };
  return JSON.stringify(dashboardDocument(config, watched));
}

/** A TypeScript file as a Markdown code block. */
function sourceOf(text: string): string {
  return `\`\`\`ts\n${text}\`\`\``;
}
