import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { thisMachine } from "../../../../operations/doctor/machine.ts";
import { type Breakage, withConfig, withEnvironment } from "./breakage.ts";

/** A directory with files, and how it goes away. */
function aDirectory(files: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), "mam-doctor-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return {
    directory,
    mend: () => {
      rmSync(directory, { recursive: true });
    },
  };
}

const lockFile = `provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.25.0"
  constraints = "6.25.0"
  hashes      = ["h1:0000000000000000000000000000000000000000000="]
}
`;

/** What can be wrong on the machine itself, and in what is to be deployed. */
export const breakagesHere: readonly Breakage[] = [
  {
    id: "configuration-rules",
    name: "a range that is not private",
    breaks: (platform) => ({
      session: withConfig(platform.session(), ({ network }) => (network.vpcCidr = "8.8.0.0/20")),
    }),
    finds: [
      {
        resource: "environments/staging.ts: network.vpcCidr",
        expected: "a private range (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
        found: '"8.8.0.0/20"',
        fix: 'set network.vpcCidr: "10.120.0.0/20"',
      },
    ],
  },
  {
    id: "node-version",
    name: "a Node.js that is too new",
    breaks: (platform) => {
      const session = platform.session();
      return { session, machine: { ...thisMachine(session), node: "24.1.0" } };
    },
    finds: [
      {
        resource: "Node.js",
        expected: "^20.19 || ^22.13",
        found: "24.1.0",
        fix: "use the version in .nvmrc, which nvm and mise read",
      },
    ],
  },
  {
    id: "unattended-approval",
    name: "workflows that would ask",
    breaks: (platform) => {
      const { directory, mend } = aDirectory({
        ".github/workflows/deploy.yml": [
          "jobs:",
          "  # cdktf deploy would ask",
          "  - run: npx cdktf deploy 'staging-*'   # no terminal here",
          "  - run: npx cdktf diff staging-app",
          "  - run: |",
          "      npx cdktf deploy 'staging-*' \\",
          "        --auto-approve",
          "      npx cdktf destroy staging-app --auto-approve",
          "",
        ].join("\n"),
        ".gitlab-ci.yml": "deploy:\n  script:\n    - npx cdktf destroy staging-app",
      });
      return { session: { ...platform.session(), project: directory }, mend };
    },
    finds: [
      {
        resource: ".github/workflows/deploy.yml:3",
        expected: "a command that asks nothing",
        found: "cdktf deploy 'staging-*'",
        fix: "cdktf deploy 'staging-*' --auto-approve",
      },
      {
        resource: ".gitlab-ci.yml:3",
        expected: "a command that asks nothing",
        found: "cdktf destroy staging-app",
        fix: "cdktf destroy staging-app --auto-approve",
      },
    ],
  },
  {
    id: "packages-installed",
    name: "packages of another version, and none",
    breaks: (platform) => {
      const { directory, mend } = aDirectory({
        "package.json": JSON.stringify({
          engines: { node: ">=20" },
          dependencies: {
            cdktf: "npm:cdktn@0.24.0",
            constructs: "npm:cdktn@0.24.0",
            "@cdktf/provider-aws": "20.1.0",
            zod: "4.6.7",
          },
        }),
        "node_modules/cdktf/package.json": '{"name":"cdktn","version":"0.24.0"}',
        "node_modules/constructs/package.json": '{"name":"constructs","version":"0.24.0"}',
        "node_modules/@cdktf/provider-aws/package.json":
          '{"name":"@cdktf/provider-aws","version":"21.22.1"}',
      });
      const session = platform.session();
      return { session, machine: thisMachine(session, directory), mend };
    },
    finds: [
      { resource: "the package constructs", expected: "cdktn 0.24.0", found: "0.24.0" },
      { resource: "the package @cdktf/provider-aws", expected: "20.1.0", found: "21.22.1" },
      {
        resource: "the package zod",
        expected: "4.6.7",
        found: "not installed",
        fix: "run `npm ci`",
      },
    ],
  },
  {
    id: "terraform-version",
    name: "another Terraform",
    breaks: (platform) => {
      const { directory, mend } = aDirectory({
        terraform: '#!/bin/sh\necho \'{"terraform_version":"1.16.0"}\'\n',
      });
      chmodSync(join(directory, "terraform"), 0o755);
      return { session: platform.session({ PATH: `${directory}:/bin:/usr/bin` }), mend };
    },
    finds: [{ resource: "terraform", expected: ">=1.11.4 <1.16.0", found: "1.16.0" }],
  },
  {
    id: "terraform-version",
    name: "no Terraform",
    breaks: (platform) => ({ session: platform.session({ PATH: "/nowhere" }) }),
    finds: [
      {
        resource: "terraform",
        found: "none that runs",
        fix: "install Terraform 1.11.4 and put it first on PATH, which tfenv and mise do by .terraform-version; or name its program in TERRAFORM_BINARY_NAME",
      },
    ],
  },
  {
    id: "variables-withheld",
    name: "variables of other work",
    breaks: (platform) => ({
      session: platform.session({
        DIGITALOCEAN_API_URL: "http://198.51.100.7",
        AWS_SESSION_TOKEN: "of another login",
        TF_CLI_ARGS_plan: "-target=digitalocean_vpc.vpc",
        AWS_PROFILE: "",
      }),
    }),
    finds: [
      {
        resource: "DIGITALOCEAN_API_URL",
        found: "set, and withheld from Terraform: it would send the token to another address",
        fix: "unset DIGITALOCEAN_API_URL",
      },
      {
        resource: "AWS_SESSION_TOKEN",
        found:
          "set, and withheld from Terraform: it would be sent along with keys that it does not belong to",
        fix: "unset AWS_SESSION_TOKEN",
      },
      {
        resource: "TF_CLI_ARGS_plan",
        found:
          "set, and withheld from Terraform: it would change what a command does, such as leave out all but a -target",
        fix: "unset TF_CLI_ARGS_plan",
      },
    ],
  },
  {
    id: "provider-versions",
    name: "a lock file of another provider version",
    breaks: (platform) => {
      const stack = join(platform.workspace.outdir, "stacks", "staging-storage");
      writeFileSync(join(stack, ".terraform.lock.hcl"), lockFile);
      return {
        session: platform.session(),
        mend: () => {
          rmSync(join(stack, ".terraform.lock.hcl"));
        },
      };
    },
    finds: [
      {
        resource: "the provider registry.terraform.io/hashicorp/aws",
        expected: "5.100.0",
        found: "6.25.0",
        fix: expect.stringMatching(/^rm .*staging-storage\/\.terraform\.lock\.hcl$/),
      },
    ],
  },
  {
    id: "secrets-available",
    name: "secrets that nobody has",
    breaks: (platform) => ({
      session: platform.session({ TF_VAR_jwt_secret_a: "", TF_VAR_better_stack_token: "" }),
    }),
    finds: [
      {
        resource: "JWT_SECRET_A",
        expected: "sealed or supplied",
        found: "neither, for api",
        fix: "export TF_VAR_jwt_secret_a=…",
      },
      {
        resource: "BETTER_STACK_TOKEN",
        found: "neither, for frontend, api, worker, edge, migrate, backup",
      },
    ],
  },
  {
    id: "secrets-available",
    name: "a secret that is sealed for one of its two components",
    breaks: (platform) => {
      const session = platform.session({ TF_VAR_edge_signing_key_a: "" });
      const secret = { fingerprint: "0".repeat(64), ciphertext: "EV[1:a:b]" };
      const sealed = {
        app: platform.cloud.digitalOcean.store.apps[0]!.id,
        components: { api: { EDGE_SIGNING_KEY_A: secret } },
      };
      return { session: withEnvironment(session, { sealed }) };
    },
    finds: [{ resource: "EDGE_SIGNING_KEY_A", found: "neither, for edge" }],
  },
  {
    id: "signing-key-length",
    name: "a signing key that can be guessed",
    breaks: (platform) => ({
      session: platform.session({ TF_VAR_edge_signing_key_b: "a-short-one" }),
    }),
    finds: [
      {
        resource: "EDGE_SIGNING_KEY_B",
        expected: "32 bytes or more",
        found: "11 bytes",
        fix: "export TF_VAR_edge_signing_key_b=$(openssl rand -hex 32)",
      },
    ],
  },
  {
    id: "sealed-for-this-app",
    name: "secrets that were sealed for an app that is gone",
    breaks: (platform) => {
      const app = "4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf";
      return { session: withEnvironment(platform.session(), { sealed: { app, components: {} } }) };
    },
    finds: [
      {
        resource: expect.stringMatching(/staging\.sealed\.json$/),
        expected: expect.stringMatching(/^app [0-9a-f-]{36}$/),
        found: "app 4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf",
        fix: "remove the sealed file, supply the secrets, and seal them again after the deployment",
      },
    ],
  },
];
