import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { writeAtomically } from "../../operations/context/atomic-write.ts";
import { versions } from "../../stacks/versions.ts";
import { CannotRehearse, type Workspace } from "./workspace.ts";

/** The providers of the stacks, and where Terraform finds each. */
export const providerSources = {
  aws: "hashicorp/aws",
  digitalocean: "digitalocean/digitalocean",
} as const;

/** A provider of the stacks. */
export type ProviderName = keyof typeof providerSources;

type Variables = Readonly<Record<string, string | undefined>>;

/** Every provider of the stacks. */
export const providerNames: readonly ProviderName[] = ["aws", "digitalocean"];

/** Variables that Terraform may need to reach a registry or a mirror; none of them is a credential of a platform. */
const reaching = ["PATH", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"];

/**
 * Lets Terraform install provider programs, from the registry or from the mirror that this machine's Terraform
 * configuration names, and writes a Terraform configuration by which every later process finds exactly these: nothing is
 * asked of a registry any more.
 *
 * @param variables environment of this process, of which only the way to a registry or mirror is handed on.
 * @returns path of that configuration.
 * @throws CannotRehearse when one cannot be had: it says which, what Terraform said, and how to go on without.
 */
export async function installPrograms(
  workspace: Workspace,
  names: readonly ProviderName[],
  variables: Variables,
): Promise<string> {
  const environment = installationEnvironment(variables);
  const installed = await Promise.all(names.map((name) => install(workspace, name, environment)));
  const failures = installed.filter(({ failure }) => failure !== undefined);
  if (failures.length > 0) {
    const had = installed.filter(({ failure }) => failure === undefined).map(({ name }) => name);
    const others = had.map((name) => `--providers registry:${name}`);
    throw new CannotRehearse(
      [
        ...failures.map(({ failure = "" }) => failure),
        `  fix: name a mirror that has it in TF_CLI_CONFIG_FILE, or play ${[...others, "--providers embedded"].join(" or ")}`,
      ].join("\n"),
    );
  }
  const file = join(workspace.root, "providers.tfrc");
  writeAtomically(file, installation(installed));
  return file;
}

interface Installed {
  readonly name: ProviderName;
  readonly directory: string;
  /** Why it could not be installed, as a sentence. */
  readonly failure?: string;
}

async function install(
  workspace: Workspace,
  name: ProviderName,
  environment: Readonly<Record<string, string>>,
): Promise<Installed> {
  const directory = join(workspace.root, "providers", name);
  const required = { [name]: { source: providerSources[name], version: versions[name] } };
  mkdirSync(directory, { recursive: true });
  writeAtomically(
    join(directory, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: required } }),
  );
  const result = await execa("terraform", ["init", "-backend=false", "-input=false", "-no-color"], {
    cwd: directory,
    env: environment,
    extendEnv: false,
    reject: false,
  });
  if (result.exitCode === 0) return { name, directory };
  const said = result.stderr.replaceAll(/\s+/g, " ").trim();
  return {
    name,
    directory,
    failure: `Terraform cannot install ${providerSources[name]} ${versions[name]}: ${said}`,
  };
}

/** What an installation sees of this machine: the way to a registry or mirror, and nothing else. */
function installationEnvironment(variables: Variables): Record<string, string> {
  const candidates = [variables.TF_CLI_CONFIG_FILE, join(homedir(), ".terraformrc")];
  const configuration = candidates.find((file) => file !== undefined && existsSync(file));
  const reached = reaching.flatMap((variable) => {
    const value = variables[variable];
    return value === undefined ? [] : [[variable, value] as const];
  });
  return {
    ...Object.fromEntries(reached),
    HOME: homedir(),
    CHECKPOINT_DISABLE: "1",
    ...(configuration === undefined ? {} : { TF_CLI_CONFIG_FILE: configuration }),
  };
}

/** A Terraform configuration that finds the programs where they were installed, and nothing anywhere else. */
function installation(installed: readonly Installed[]): string {
  const mirrors = installed.flatMap(({ name, directory }) => [
    "  filesystem_mirror {",
    `    path    = ${JSON.stringify(join(directory, ".terraform", "providers"))}`,
    `    include = ["registry.terraform.io/${providerSources[name]}"]`,
    "  }",
  ]);
  return ["provider_installation {", ...mirrors, "}", ""].join("\n");
}
