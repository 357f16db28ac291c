import { resourceName } from "../../../constructs/naming.ts";
import { logCredentials } from "../../../constructs/app/log-destination.ts";
import { deployerName } from "../../../constructs/storage/deployer-policy.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Credential, credentials } from "../../context/credentials.ts";
import { restorerVariables } from "../../restore/storage.ts";
import { terraformVariable } from "../../secrets/slotted.ts";
import { type Block, heading, lines, steps, table, text } from "../model.ts";

/** A token that people and CI deploy with, and how it is replaced without a gap. */
interface PlatformToken {
  readonly title: string;
  readonly variables: readonly Credential[];
  /** Steps before it is exported, and after the check. */
  readonly make: string;
  readonly end: string;
  /** Whether the environment has any use for it. */
  readonly used: (config: EnvironmentConfig) => boolean;
}

const { digitalOceanToken, spacesAccessKey, spacesSecretKey, hcpToken } = credentials;
const { wasabiAccessKey, wasabiSecretKey } = credentials;

const tokens: readonly PlatformToken[] = [
  {
    title: "Replace the DigitalOcean token",
    variables: [digitalOceanToken],
    make: `Make a second one at ${digitalOceanToken.where}, with these scopes: ${digitalOceanToken.scopes}.`,
    end: "Delete the old one on the same page, which also says when each was last used.",
    used: () => true,
  },
  {
    title: "Replace the Spaces key of the states",
    variables: [spacesAccessKey, spacesSecretKey],
    make: `Make a second key at ${spacesAccessKey.where}, limited to the state bucket: ${spacesAccessKey.scopes}.`,
    end: "Delete the old key on the same page. Older versions of the states hold secrets: whoever had the old key may have read them.",
    used: ({ state }) => state.backend.kind === "spaces",
  },
  {
    title: "Replace the HCP Terraform token",
    variables: [hcpToken],
    make: `Make a second one at ${hcpToken.where}, of a team or user that may ${hcpToken.scopes}.`,
    end: "Delete the old one on the same page. Whoever had it may have read the states, and every secret in them.",
    used: ({ state }) => state.backend.kind === "hcp",
  },
  {
    title: "Replace the Wasabi administration key",
    variables: [wasabiAccessKey, wasabiSecretKey],
    make: "Make a second key of the deployer's user at https://console.wasabisys.com/users: a user may have two.",
    end: "Deactivate the old key, run `mam doctor` again, and delete it. The services have keys of their own, and notice nothing.",
    used: () => true,
  },
];

/** Titles of the tokens that an environment has. */
export function platformTokenTitles(config: EnvironmentConfig): string[] {
  const logs = logVariable(config) ? [logTitle] : [];
  return [...tokens.filter(({ used }) => used(config)).map(({ title }) => title), ...logs];
}

/** The tokens of the platforms: what each is, where it is made, and how it is replaced. */
export function platformTokenBlocks(config: EnvironmentConfig): Block[] {
  const held = tokens.filter(({ used }) => used(config));
  return [
    heading("Tokens of the platforms"),
    text(
      `People and CI hold these while they deploy; the app has none of them. Wherever one is kept, it is replaced there too: the secrets of CI, each person's own. The user of the Wasabi key is \`${deployerName(config)}\`, made by an administrator of that account: [deployer access](deployer-access.md). The administrator's own sign-in is no key of this project: it has a password and a second factor at https://console.wasabisys.com, and nothing here needs it again.`,
    ),
    table(
      ["Token", "Variable", "May", "Made at"],
      held.flatMap(({ variables }) =>
        variables.map(({ what, variable, scopes, where }) => [
          what,
          `\`${variable}\``,
          scopes,
          where,
        ]),
      ),
    ),
    text(
      `Restores take another key of Wasabi, of the user \`${resourceName(config, "restorer")}\`, which reads dumps and masters: [how it is made](restore.md#a-key-that-reads-dumps). It is exported as \`${restorerVariables.accessKeyId}\` and \`${restorerVariables.secretAccessKey}\`, for the restore alone, and replaced in the same way.`,
    ),
    ...held.flatMap((token) => tokenBlocks(config, token)),
  ];
}

function tokenBlocks({ name }: EnvironmentConfig, token: PlatformToken): Block[] {
  const { title, variables, make, end } = token;
  const exported = variables.map(({ variable }) => `\`${variable}\``).join(" and ");
  return [
    heading(title),
    steps(
      make,
      `Put it where the old one is, as ${exported}: in CI, in the password store, in your shell.`,
      `\`npx mam doctor ${name}\` says what it lacks. Nothing is deployed again: the app does not have it.`,
      end,
    ),
  ];
}

const logTitle = "Replace the token of the log service";

/** The variable of the log service's credential; undefined for a service without one. */
function logVariable({ logs: { destination } }: EnvironmentConfig): string | undefined {
  const names: Readonly<Record<string, string>> = logCredentials;
  return names[destination.kind];
}

/** How the credential of the log service is replaced. */
export function logTokenBlocks(config: EnvironmentConfig): Block[] {
  const variable = logVariable(config);
  if (variable === undefined) return [];
  const exported = terraformVariable(variable);
  return [
    heading(logTitle),
    text("The components send their lines with it. Whoever has it can write lines, and read none."),
    steps(
      "Make a second one at the log service, for the same source.",
      `Export it, as below. The plan names it: one change, and the app is deployed again.`,
      "When lines arrive, delete the old one at the log service.",
    ),
    lines(
      "sh",
      `read -rs ${exported} && export ${exported}   # typed, so that no history has it`,
      `npx mam deploy ${config.name}`,
    ),
  ];
}
