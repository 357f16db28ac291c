import { production } from "../../environments/production.ts";
import { staging } from "../../environments/staging.ts";
import { anEnvironment, changed } from "../support/environments.ts";
import { stackOf } from "../support/stacks.ts";

const remoteStates = (stack: ReturnType<typeof stackOf>) =>
  Object.values(stack.data?.terraform_remote_state ?? {});

const spaces = {
  bucket: "northlight-mam-terraform-state",
  endpoints: { s3: "https://nyc3.digitaloceanspaces.com" },
  region: "us-east-1",
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
  skip_s3_checksum: true,
  use_path_style: true,
};

test("states live in the region's Spaces, one object a stack, and are locked", () => {
  expect(stackOf(anEnvironment(production), "data").terraform.backend).toEqual({
    s3: { ...spaces, key: "production-data.tfstate", use_lockfile: true },
  });
});

test("the app reads the other stacks' states with everything that is needed to read them", () => {
  expect(remoteStates(stackOf(anEnvironment(production), "app"))).toMatchObject([
    { backend: "s3", config: { ...spaces, key: "production-data.tfstate" } },
    { backend: "s3", config: { ...spaces, key: "production-storage.tfstate" } },
  ]);
});

const hcp = anEnvironment(
  changed((draft) => {
    draft.state.backend = {
      kind: "hcp",
      organization: "northlight",
      workspacePrefix: "mam-",
      project: "platform",
      execution: "local",
      plan: "free",
    };
  }),
);

test("HCP Terraform has a workspace for each stack", () => {
  expect(stackOf(hcp, "app").terraform.cloud).toEqual({
    hostname: "app.terraform.io",
    organization: "northlight",
    workspaces: { name: "mam-production-app", project: "platform" },
  });
});

test("the app reads the other stacks' workspaces in HCP Terraform", () => {
  expect(remoteStates(stackOf(hcp, "app"))).toMatchObject([
    {
      backend: "remote",
      config: {
        hostname: "app.terraform.io",
        organization: "northlight",
        workspaces: { name: "mam-production-data" },
      },
    },
    {
      backend: "remote",
      config: { organization: "northlight", workspaces: { name: "mam-production-storage" } },
    },
  ]);
});

test("a local state is a file in the project, found by the other stacks", () => {
  const app = stackOf(
    anEnvironment(changed((draft) => (draft.state.backend = { kind: "local" }), staging)),
    "app",
  );

  expect(app.terraform.backend?.local?.path).toBe(`${process.cwd()}/terraform.staging-app.tfstate`);
  expect(remoteStates(app)).toMatchObject([
    { config: { path: `${process.cwd()}/terraform.staging-data.tfstate` } },
    { config: { path: `${process.cwd()}/terraform.staging-storage.tfstate` } },
  ]);
});
