import { environmentContract } from "../../../constructs/app/contract.ts";
import type { ContractVariable } from "../../../constructs/app/contract/variable.ts";
import { applicationUser } from "../../../constructs/database/application-user.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import {
  type SlottedName,
  signingKeyNames,
  slots,
  storageKeyName,
} from "../../../environments/schema/rotation.ts";
import { administratorName } from "../../secrets/rotation/names.ts";
import { keepingOf } from "../../secrets/rotation/keeping.ts";
import { slotVariable } from "../../secrets/slotted.ts";
import { type Block, type Section, heading, lines, steps, table, text } from "../model.ts";
import { logTokenBlocks, platformTokenBlocks, platformTokenTitles } from "./platform-tokens.ts";

const valkey = "Replace the password of Valkey";

/** Every secret: who has it, where its age is shown, how it is replaced. */
export function secretsSection(config: EnvironmentConfig): Section {
  const { name } = config;
  return {
    title: "Secrets",
    goals: [
      { want: "replace a secret of the services", title: "Secrets of the services" },
      ...platformTokenTitles(config).map((title) => ({
        want: title.replace(/^R/, "r"),
        title,
      })),
      { want: "know who had a secret that leaked, and shut it out", title: "When a secret leaked" },
    ],
    blocks: [
      text(
        `No secret stands in this page, in the configuration or readable in the repository. \`npx mam secrets list ${name}\` shows every one of the services with its age and who gets it; \`npx mam secrets check ${name}\` says what is missing, not sealed or too old. The age of a token of a platform is shown by that platform, beside the token. More: [secrets](secrets.md).`,
      ),
      heading("Secrets of the services"),
      text(
        "Each of them has two slots of which one is in use. A rotation fills the idle one, switches, and retires the old one later: nobody is refused in between.",
      ),
      table(
        ["Secret", "Who gets it", "Who makes it", "Replace it", "The old one is kept"],
        [
          ...environmentContract.flatMap((variable) => contractRow(config, variable)),
          ...databaseRows(config),
        ],
      ),
      text(
        `Several at once: \`npx mam secrets rotate ${name} signing-keys\`, \`npx mam secrets rotate ${name} storage-keys\`. Each ends by saying when the old one may be retired, and with which line.`,
      ),
      ...givenBlocks(config),
      ...valkeyBlocks,
      ...platformTokenBlocks(config),
      ...logTokenBlocks(config),
      ...leakedBlocks(config),
    ],
  };
}

function contractRow(config: EnvironmentConfig, variable: ContractVariable): string[][] {
  const { name, source, components } = variable;
  if (source.kind === "value") return [];
  const who = components.join(", ");
  if (source.kind === "storage-key")
    return [rotated(config, `\`${name}\``, who, "the storage stack", storageKeyName(source.role))];
  const key = signingKeyNames.find((one) => slots.some((slot) => slotVariable(one, slot) === name));
  if (key) return [rotated(config, `\`${name}\``, who, "`mam secrets generate`", key)];
  const by = source.origin.made === "given" ? source.origin.by : "`mam secrets generate`";
  return [[`\`${name}\``, who, by, `ask ${by} for another, export it, deploy`, ""]];
}

function rotated(
  config: EnvironmentConfig,
  secret: string,
  who: string,
  by: string,
  key: SlottedName,
): string[] {
  const replace = `\`npx mam secrets rotate ${config.name} ${key}\``;
  return [secret, who, by, replace, keepingOf(key, config).because];
}

function databaseRows(config: EnvironmentConfig): string[][] {
  const users = slots.map((slot) => `\`${applicationUser(config, slot)}\``).join(" and ");
  return [
    rotated(config, `passwords of ${users}`, "api", "DigitalOcean", "database-user"),
    [
      "password of `doadmin`",
      "migrate",
      "DigitalOcean",
      `\`npx mam secrets rotate ${config.name} ${administratorName}\``,
      "not at all: only migrations use it",
    ],
    ["password of Valkey", "api, worker", "DigitalOcean", `by hand, see below`, ""],
  ];
}

/** What somebody else gives out and checks. */
function givenBlocks({ name }: EnvironmentConfig): Block[] {
  const given = environmentContract.filter(
    ({ source }) => source.kind === "secret" && source.origin.made === "given",
  );
  if (given.length === 0) return [];
  return [
    text(
      `Given by somebody else: export the new value as \`TF_VAR_…\`, \`npx mam deploy ${name}\`, and have them retire the old one.`,
    ),
  ];
}

const valkeyBlocks: readonly Block[] = [
  heading(valkey),
  text(
    "Valkey has one user and no second slot. New connections are refused for some minutes: do it in the maintenance window.",
  ),
  steps(
    "Databases, the Valkey cluster, Users: reset the password of `default`.",
    "At once: the app, Actions, Force rebuild and deploy. The services get the new password when the deployment is live.",
  ),
];

function leakedBlocks({ name }: EnvironmentConfig): Block[] {
  return [
    heading("When a secret leaked"),
    steps(
      'Replace it, by its line above. Do not wait for the time in which the old one is kept: `--retire --now "<reason>"` makes it worthless at once, and says whom that refuses.',
      "A token of a platform: revoke the old one first, then make the new one. What runs goes on without it.",
      "Look at what it could open: [storage access](storage-access.md) for keys of storage, [links](links.md) for signing keys, the security history of the DigitalOcean team for tokens.",
    ),
    lines(
      "sh",
      `npx mam secrets rotate ${name} storage-keys`,
      `npx mam secrets rotate ${name} storage-keys --retire --now "leaked, ticket 4711"`,
    ),
  ];
}
