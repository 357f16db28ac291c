import { nameOf, postgresName } from "../../../constructs/naming.ts";
import { regions } from "../../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, table, text } from "../model.ts";
import { pictureOf } from "../picture/picture.ts";

/** What the environment is made of. */
export function architectureSection(config: EnvironmentConfig): Section {
  const { network, database, cache, state, storage } = config;
  const region = regions[network.region];
  return {
    title: "What it is made of",
    goals: [{ want: "see what it is made of", title: "What it is made of" }],
    blocks: [
      { kind: "picture", picture: pictureOf(config) },
      text(
        "People upload straight to the bucket `staging`, by addresses that the API signs. The API copies accepted uploads to `masters` and queues a job; the worker makes previews; the edge streams them by links that expire. More: [architecture](architecture.md).",
      ),
      table(
        ["What", "Name", "Where and how large"],
        [
          ["project", code(nameOf(config, "project")), "DigitalOcean"],
          [
            "app",
            code(nameOf(config, "app")),
            `App Platform, ${region.place} (\`${network.region}\`)`,
          ],
          [
            "private network",
            code(nameOf(config, "vpc")),
            `\`${network.vpcCidr}\`, \`${region.datacentre}\``,
          ],
          [
            "PostgreSQL",
            code(postgresName(config)),
            `${database.edition} ${database.version}, ${database.nodes} × \`${database.size}\``,
          ],
          [
            "Valkey",
            code(nameOf(config, "valkey")),
            `${cache.version}, ${cache.nodes} × \`${cache.size}\``,
          ],
          [
            "buckets",
            code(`${storage.bucketPrefix}-…`),
            `Wasabi, \`${region.wasabi}\`: staging, masters, previews, backups`,
          ],
          ["Terraform's states", stateName(state.backend), stateWhere(config)],
        ],
      ),
      text(
        `Everything of it is described in \`environments/${config.name}.ts\`; what may stand there: [configuration](configuration.md).`,
      ),
    ],
  };
}

const code = (name: string) => `\`${name}\``;

type Backend = EnvironmentConfig["state"]["backend"];

function stateName(backend: Backend): string {
  if (backend.kind === "spaces") return code(backend.bucket);
  return backend.kind === "hcp" ? code(`${backend.workspacePrefix}…`) : "files of this machine";
}

function stateWhere({ state: { backend }, network }: EnvironmentConfig): string {
  if (backend.kind === "spaces")
    return `Spaces, \`${regions[network.region].spaces}\`: [state](state.md)`;
  return backend.kind === "hcp"
    ? `HCP Terraform, organization \`${backend.organization}\`: [state](state.md)`
    : "for experiments only: [state](state.md)";
}
