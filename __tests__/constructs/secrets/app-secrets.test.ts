import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { App, TerraformOutput, TerraformStack, Token } from "cdktf";

import { AppSecrets } from "../../../constructs/secrets/app-secrets.ts";

const fingerprint = (value: string) => createHash("sha256").update(value).digest("hex");
const ciphertext = "EV[1:bm9uY2U=:Y2lwaGVydGV4dA==]";
const keyId = "AKIAEXAMPLEKEYID0001";

const sealed = {
  app: "4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf",
  components: {
    api: {
      JWT_SECRET_A: { fingerprint: fingerprint("the sealed value"), ciphertext },
      WASABI_STAGING_SECRET: { fingerprint: keyId, ciphertext },
    },
  },
};

/** A stack whose outputs are the values that the app spec would get. */
function written(): string {
  const outdir = mkdtempSync(join(tmpdir(), "mam-infra-"));
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, "secrets");
  const secrets = new AppSecrets(stack, "secrets", { sealed });
  const output = (name: string, value: string) =>
    new TerraformOutput(stack, name, { value, sensitive: true });
  output("sealed", secrets.supplied("api", "JWT_SECRET_A"));
  output("unsealed", secrets.supplied("edge", "JWT_SECRET_A"));
  const key = (id: string) => ({ id: Token.asString(id), secret: "the storage secret" });
  output("same_key", secrets.storageKey("api", "WASABI_STAGING_SECRET", key(keyId)));
  output(
    "other_key",
    secrets.storageKey("api", "WASABI_STAGING_SECRET", key("AKIAEXAMPLEKEYID0002")),
  );
  output("unsealed_key", secrets.storageKey("worker", "WASABI_PREVIEWS_SECRET", key(keyId)));
  app.synth();
  const json = readFileSync(join(outdir, "stacks/secrets/cdk.tf.json"), "utf8");
  rmSync(outdir, { recursive: true });
  return json;
}

/** What Terraform makes of the expressions, with the variable supplied or not. */
function evaluated(supplied?: string): Record<string, string | undefined> {
  const directory = mkdtempSync(join(tmpdir(), "mam-infra-"));
  const json = JSON.parse(written()) as { terraform: unknown };
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify({ ...json, terraform: {} }));
  const terraform = (...args: string[]) =>
    execFileSync("terraform", args, {
      cwd: directory,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        CHECKPOINT_DISABLE: "1",
        ...(supplied === undefined ? {} : { TF_VAR_jwt_secret_a: supplied }),
      },
    });
  try {
    terraform("apply", "-auto-approve", "-input=false");
    const outputs = JSON.parse(terraform("output", "-json")) as Record<string, { value?: string }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test("with nothing supplied, the app spec gets the ciphertext", () => {
  expect(evaluated().sealed).toBe(ciphertext);
});

test("supplying the secret that was sealed changes nothing", () => {
  expect(evaluated("the sealed value").sealed).toBe(ciphertext);
});

test("another secret is sent as it is, which is one visible change; storage keys are judged by their id", () => {
  expect(evaluated("another value")).toEqual({
    sealed: "another value",
    unsealed: "another value",
    same_key: ciphertext,
    other_key: "the storage secret",
    unsealed_key: "the storage secret",
  });
});

test("a secret that is neither sealed nor supplied stops the plan with its variable's name", () => {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), "secrets");
  const secrets = new AppSecrets(stack, "secrets", { sealed });
  secrets.supplied("api", "JWT_SECRET_A");
  secrets.supplied("api", "COOKIE_SECRET_A");
  secrets.supplied("edge", "COOKIE_SECRET_A");

  expect(secrets.preconditions).toEqual([
    {
      condition: "${var.cookie_secret_a != null}",
      errorMessage:
        "COOKIE_SECRET_A (api, edge) is neither sealed nor supplied: export TF_VAR_cookie_secret_a.",
    },
  ]);
});

test("variables of secrets are sensitive and have no validation, which would print the value", () => {
  const { variable } = JSON.parse(written()) as { variable: unknown };

  expect(variable).toEqual({ jwt_secret_a: { type: "string", sensitive: true, default: null } });
});
