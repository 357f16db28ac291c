import { production } from "../../../environments/production.ts";
import { terraformEnvironment } from "../../../operations/terraform/child-environment.ts";
import { needsOf, needsSchema } from "../../../operations/terraform/stack-needs.ts";
import type { StackKind } from "../../../operations/terraform/stack-kinds.ts";
import { anEnvironment } from "../../support/environments.ts";
import { stackOf } from "../../support/stacks.ts";

const secrets = {
  DIGITALOCEAN_TOKEN: "token",
  AWS_ACCESS_KEY_ID: "state key",
  AWS_SECRET_ACCESS_KEY: "state secret",
  TF_VAR_wasabi_access_key: "key",
  TF_VAR_wasabi_secret_key: "secret",
  TF_VAR_jwt_secret_a: "jwt",
  TF_VAR_edge_signing_key_a: "edge",
  TF_VAR_of_nobody: "old",
};

const environmentOf = (part: StackKind, variables: Readonly<Record<string, string>>) => {
  const stack = stackOf(anEnvironment(production), part);
  return terraformEnvironment(variables, needsOf(needsSchema.parse(stack)));
};

test.each<[part: StackKind, own: string[]]>([
  ["storage", ["TF_VAR_wasabi_access_key", "TF_VAR_wasabi_secret_key"]],
  ["data", ["DIGITALOCEAN_TOKEN"]],
  ["app", ["DIGITALOCEAN_TOKEN", "TF_VAR_jwt_secret_a", "TF_VAR_edge_signing_key_a"]],
])("the %s stack's Terraform gets its own secrets and the keys of its state only", (part, own) => {
  const given = Object.keys(environmentOf(part, secrets)).filter((name) => name in secrets);

  expect(given.sort()).toEqual([...own, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].sort());
});

test("what would lead Terraform elsewhere, or into another account, never reaches it", () => {
  const leftOver = {
    DIGITALOCEAN_API_URL: "http://198.51.100.7",
    DIGITALOCEAN_ACCESS_TOKEN: "another",
    AWS_SESSION_TOKEN: "of another login",
    AWS_SECURITY_TOKEN: "of another login",
    AWS_PROFILE: "work",
    AWS_ENDPOINT_URL_S3: "http://198.51.100.7",
    TF_CLI_ARGS: "-target=digitalocean_vpc.vpc",
    TF_CLI_ARGS_apply: "-target=digitalocean_vpc.vpc",
    TF_DATA_DIR: "/shared",
    TF_LOG: "TRACE",
    TF_LOG_PATH: "/tmp/log",
    TF_WORKSPACE: "other",
    SOMETHING_ELSE: "whatever",
  };
  const given = environmentOf("app", { ...secrets, ...leftOver });

  expect(Object.keys(given).filter((name) => name in leftOver)).toEqual([]);
  expect(given).toMatchObject({ AWS_CONFIG_FILE: "/dev/null" });
});

test("what Terraform needs of a machine reaches it", () => {
  const needed = {
    PATH: "/usr/bin",
    HOME: "/home/me",
    HTTPS_PROXY: "http://proxy:3128",
    no_proxy: "10.0.0.0/8",
    SSL_CERT_FILE: "/etc/ca.pem",
    TF_CLI_CONFIG_FILE: "/home/me/mirror.tfrc",
    TF_PLUGIN_CACHE_DIR: "/home/me/plugins",
    TF_TOKEN_registry_example_com: "token of a registry",
  };

  expect(environmentOf("app", needed)).toMatchObject(needed);
});

test("Terraform collects garbage less often, unless somebody says how often", () => {
  expect(environmentOf("app", {})).toMatchObject({ GOGC: "200" });
  expect(environmentOf("app", { GOGC: "50", GOMEMLIMIT: "1GiB" })).toMatchObject({
    GOGC: "50",
    GOMEMLIMIT: "1GiB",
  });
});
