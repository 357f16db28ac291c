import { readFileSync } from "node:fs";

import { plainVariables } from "@mam-infra/cloud/digitalocean/apps/secrets";
import { runningComponents } from "@mam-infra/cloud/digitalocean/apps/spec/spec";
import { leftFiles, objectionsTo } from "./left-files.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import { historyVersions } from "./states.ts";
import type { Workspace } from "./workspace.ts";

/** A secret that a rehearsal knows because it made it, or one of its platforms did. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/**
 * Sentences about secrets that stand where none may, and about files that somebody else could read: in whatever commands
 * printed or left in the workspace, plans included, and in the ledger. Terraform's states contain secrets, which is why
 * they lie in a bucket that only administrators read.
 */
export function leakedSecrets(cloud: RehearsalCloud, workspace: Workspace): string[] {
  const secrets = knownSecrets(cloud);
  return [
    ...objectionsTo(workspace),
    ...writtenTexts(cloud, workspace).flatMap(({ place, text }) =>
      secretsInText(text, place, secrets),
    ),
  ];
}

/** The secrets that stand in a text, in clear or in a spelling that anybody can undo. */
export function secretsInText(
  text: string,
  place: string,
  secrets: readonly KnownSecret[],
): string[] {
  return secrets.flatMap(({ name, value }) =>
    Object.entries(spellings(value))
      .filter(([, spelling]) => text.includes(spelling))
      .slice(0, 1)
      .map(([how]) => `${name} stands ${how} in ${place}`),
  );
}

function spellings(value: string): Readonly<Record<string, string>> {
  const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
  return {
    "in clear": value,
    "in base64": base64,
    "in base64 for addresses": base64.replaceAll("+", "-").replaceAll("/", "_"),
    "encoded for an address": encodeURIComponent(value),
    "as a JSON string": JSON.stringify(value).slice(1, -1),
  };
}

function knownSecrets({ credentials, wasabi, digitalOcean }: RehearsalCloud): KnownSecret[] {
  const { digitalOceanToken, spaces, wasabi: deployer, wasabiRoot, hcpToken } = credentials;
  const { supplied, logs } = credentials;
  const named = Object.entries({ ...supplied, ...logs }).map(([name, value]) => ({ name, value }));
  const services = [...wasabi.account.users.values()].flatMap(({ name, accessKeys }) =>
    [...accessKeys.values()].map((key) => ({
      name: `a Wasabi key of ${name}`,
      value: key.secretAccessKey,
    })),
  );
  const databases = digitalOcean.store.databases.flatMap(({ name, users }) =>
    users.map((user) => ({
      name: `the password of ${user.name} of ${name}`,
      value: user.password,
    })),
  );
  return [
    { name: "the DigitalOcean token", value: digitalOceanToken },
    { name: "the key of the state bucket", value: spaces.secretAccessKey },
    { name: "the HCP Terraform token", value: hcpToken },
    { name: "the deployer's Wasabi key", value: deployer.secretAccessKey },
    { name: "the Wasabi account's root key", value: wasabiRoot.secretAccessKey },
    ...named,
    ...services,
    ...databases,
    ...deployedSecrets(digitalOcean),
  ];
}

/** What every deployment of an app was given in clear: a rotation makes secrets that nobody else knows. */
function deployedSecrets({ store }: RehearsalCloud["digitalOcean"]): KnownSecret[] {
  const known = store.apps.flatMap((app) =>
    app.deployments.flatMap(({ spec }) =>
      runningComponents(spec).flatMap(({ spec: { name: component, envs = [] } }) => {
        const plain = plainVariables(app.encryption_key, spec, component);
        return envs
          .filter(({ type }) => type === "SECRET")
          .map(({ key }) => [plain.get(key) ?? "", `${key} of ${component}`] as const);
      }),
    ),
  );
  return [...new Map(known)].map(([value, name]) => ({ name, value }));
}

interface WrittenText {
  readonly place: string;
  readonly text: string;
}

function writtenTexts(cloud: RehearsalCloud, workspace: Workspace): WrittenText[] {
  const files = leftFiles(workspace).map(({ file, place }) => ({
    place,
    // Every byte is a character, also in a file that is no text.
    text: readFileSync(file, "latin1"),
  }));
  return [...files, ...ledgerText(cloud)];
}

function ledgerText(cloud: RehearsalCloud): WrittenText[] {
  const [text] = historyVersions(cloud);
  return text === undefined ? [] : [{ place: "the ledger", text }];
}
