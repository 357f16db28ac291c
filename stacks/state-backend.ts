import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformStack,
} from "cdktf";

import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import type { Endpoints } from "./endpoints.ts";

/** Where HCP Terraform answers. */
const hcpHost = "app.terraform.io";

/**
 * Gives a stack the state backend that its environment names.
 *
 * @param stackName name of the stack, which names the state.
 */
export function useStateBackend(
  stack: TerraformStack,
  stackName: string,
  { state: { backend } }: EnvironmentConfig,
  endpoints: Endpoints,
): void {
  switch (backend.kind) {
    case "spaces":
      useSpaces(stack, `${stackName}.tfstate`, backend.bucket, endpoints);
      return;
    case "hcp":
      new CloudBackend(stack, {
        // Named, so that references of other stacks have it too: they do not read TF_CLOUD_HOSTNAME.
        hostname: hcpHost,
        organization: backend.organization,
        workspaces: new NamedCloudWorkspace(
          `${backend.workspacePrefix}${stackName}`,
          backend.project,
        ),
      });
      return;
    case "local":
      new LocalBackend(stack);
      return;
  }
}

/**
 * A Spaces bucket by the S3 backend. Everything that is needed to read a state is an argument, because other stacks
 * get a copy of the arguments and not of overrides. Keys come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
 *
 * Source of the settings: docs.digitalocean.com/products/spaces/reference/terraform-backend.
 */
function useSpaces(
  stack: TerraformStack,
  key: string,
  bucket: string,
  { spaces }: Endpoints,
): void {
  const backend = new S3Backend(stack, {
    bucket,
    key,
    endpoints: { s3: spaces },
    region: "us-east-1",
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipS3Checksum: true,
  });
  // The bindings do not know the argument, which came with Terraform 1.10. Only the writing side needs a lock.
  backend.addOverride("use_lockfile", true);
}
