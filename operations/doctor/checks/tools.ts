import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import satisfies from "semver/functions/satisfies.js";

import { versions, wantedTerraform } from "../../../stacks/versions.ts";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import { terraformFix } from "../../terraform/wanted-version.ts";
import { withheldAmong } from "../../terraform/withheld-variables.ts";
import { anyStacks, stackName, stackKinds } from "../../terraform/stack-kinds.ts";
import type { DoctorContext } from "../context.ts";
import { packageInWords, pinnedPackage } from "../pinned-package.ts";
import { unansweredCommands } from "../unattended.ts";

/** Addresses by which Terraform and OpenTofu know the providers, and the versions that everything was measured with. */
const providers = ["registry.terraform.io", "registry.opentofu.org"].flatMap((registry) => [
  [`${registry}/digitalocean/digitalocean`, versions.digitalocean] as const,
  [`${registry}/hashicorp/aws`, versions.aws] as const,
]);

/** What runs here, and in which versions. */
export const toolChecks: readonly Check<DoctorContext>[] = [
  {
    id: "node-version",
    severity: "error",
    what: "Node.js is of a version that the project runs on.",
    why: "The libraries of the project, and the cdktf command above all, do not run on every Node.js.",
    fix: "use the version in .nvmrc, which nvm and mise read",
    run: ({ machine }) => {
      const { node } = machine.wanted().engines;
      if (satisfies(machine.node, node)) return [];
      return [{ resource: "Node.js", expected: node, found: machine.node }];
    },
  },
  {
    id: "packages-installed",
    severity: "error",
    what: "The installed packages are those that package.json pins.",
    why: "Other versions write other Terraform JSON, and nobody has seen what it does.",
    fix: "run `npm ci`",
    run: ({ machine }) =>
      Object.entries(machine.wanted().dependencies).flatMap(([as, text]) => {
        const installed = machine.installed(as);
        const expected = packageInWords(pinnedPackage(as, text));
        const found = installed ? packageInWords(installed) : "not installed";
        return found === expected ? [] : [{ resource: `the package ${as}`, expected, found }];
      }),
  },
  {
    id: "terraform-version",
    severity: "error",
    what: "Terraform is there, in a version that every act was played with.",
    why: "Another one may plan what nobody asked for, or write a state that the next person's cannot read.",
    fix: terraformFix,
    run: async ({ session, machine }) => {
      const found = await machine.terraform(session.project).then(
        (terraform) => terraform.terraform_version,
        () => "none that runs",
      );
      if (satisfies(found, wantedTerraform)) return [];
      return [{ resource: "terraform", expected: wantedTerraform, found }];
    },
  },
  {
    id: "variables-withheld",
    severity: "warning",
    what: "No variable is set that Terraform reads elsewhere and does not get from here.",
    why: "It has no effect on a deployment by `mam`, and another one on `cdktf`, which hands it on.",
    fix: "unset the variable",
    run: ({ session }) =>
      withheldAmong(session.variables).map(({ name, would }) => ({
        resource: name,
        expected: "not set",
        found: `set, and withheld from Terraform: it would ${would}`,
        fix: `unset ${name}`,
      })),
  },
  {
    id: "provider-versions",
    severity: "error",
    what: "The lock files of the stacks have the provider versions of stacks/versions.ts.",
    why: "Terraform refuses to begin with a lock file of other versions, and other versions misbehave.",
    fix: "remove the lock file that the finding names; the next plan writes it again",
    run: lookAtLockFiles,
  },
  {
    id: "unattended-approval",
    severity: "error",
    what: "Every `cdktf deploy` and `cdktf destroy` of a workflow has `--auto-approve`.",
    why: "Where there is no terminal they end at their question and leave the lock: every later deployment fails on it.",
    fix: "add `--auto-approve` to the command, or use `mam deploy --yes`",
    run: ({ session }) =>
      unansweredCommands(session.project).map(({ file, line, command }) => ({
        resource: `${file}:${line}`,
        expected: "a command that asks nothing",
        found: command,
        fix: `${command} --auto-approve`,
      })),
  },
];

async function lookAtLockFiles({ session, machine }: DoctorContext): Promise<Violation[]> {
  const { environment, project, variables } = session;
  const outdir = resolve(project, variables.CDKTF_OUTDIR ?? "cdktf.out");
  const { config } = environment;
  const stacks = config.services.worker.gpu ? anyStacks : stackKinds;
  const directories = stacks
    .map((part) => join(outdir, "stacks", stackName(config.name, part)))
    .filter((directory) => existsSync(join(directory, lockFile)));
  if (directories.length === 0) {
    throw new CheckSkipped(
      "no stack was initialised here yet; the first plan takes the pinned versions",
    );
  }
  const violations = await Promise.all(
    directories.map(async (directory) => {
      const { provider_selections: selections } = await machine.terraform(directory);
      return providers.flatMap(([address, expected]) => {
        const found = selections[address];
        if (found === undefined || found === expected) return [];
        const fix = `rm ${join(directory, lockFile)}`;
        return [{ resource: `the provider ${address}`, expected, found, fix }];
      });
    }),
  );
  return violations.flat();
}

const lockFile = ".terraform.lock.hcl";
