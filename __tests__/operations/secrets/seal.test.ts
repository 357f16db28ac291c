import { createHash } from "node:crypto";

import { type KnownSecrets, sealSecrets } from "../../../operations/secrets/seal.ts";
import { sealedSchema } from "../../../environments/schema/sealed.ts";

const id = "4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf";
const at = "2026-11-23T12:00:00Z";
const ciphertext = (text: string) => `EV[1:bm9uY2U=:${Buffer.from(text).toString("base64")}]`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const appOf = (envs: { key: string; value: string; type: string }[], component: object = {}) => ({
  id,
  created_at: at,
  updated_at: at,
  spec: { name: "mam-production", services: [{ name: "api", envs, ...component }] },
});

const known: KnownSecrets = {
  supplied: { JWT_SECRET_A: "the JWT secret" },
  storageKeyIds: {
    uploader: "AKIAUPLOADER00000000",
    promoter: "AKIAPROMOTER00000000",
    transcoder: "AKIATRANSCODER000000",
    "edge-reader": "AKIAEDGEREADER000000",
    "backup-writer": "AKIABACKUPWRITER0000",
  },
  sealed: undefined,
};

const jwt = { key: "JWT_SECRET_A", value: ciphertext("jwt"), type: "SECRET" };

test("a supplied secret is sealed by the hash of its value", () => {
  expect(sealSecrets(appOf([jwt]), known)).toEqual({
    app: id,
    components: {
      api: {
        JWT_SECRET_A: { fingerprint: sha256("the JWT secret"), ciphertext: ciphertext("jwt") },
      },
    },
  });
});

test("a storage key is sealed by its public id", () => {
  const secret = { key: "WASABI_STAGING_SECRET", value: ciphertext("key"), type: "SECRET" };

  expect(sealSecrets(appOf([secret]), known).components.api).toEqual({
    WASABI_STAGING_SECRET: { fingerprint: "AKIAUPLOADER00000000", ciphertext: ciphertext("key") },
  });
});

test("what is sealed can be read back", () => {
  expect(sealedSchema.safeParse(sealSecrets(appOf([jwt]), known)).success).toBe(true);
});

test("plain variables are not sealed", () => {
  const plain = { key: "PORT", value: "3000", type: "GENERAL" };

  expect(sealSecrets(appOf([plain]), known).components).toEqual({});
});

test("a ciphertext that was sealed before keeps its fingerprint, although nobody supplies the secret again", () => {
  const before = sealSecrets(appOf([jwt]), known);

  expect(sealSecrets(appOf([jwt]), { ...known, supplied: {}, sealed: before })).toEqual(before);
});

test("a ciphertext whose plaintext nobody knows cannot be sealed", () => {
  expect(() => sealSecrets(appOf([jwt]), { ...known, supplied: {} })).toThrow(
    "JWT_SECRET_A of api is new, and its plaintext was not supplied: export TF_VAR_jwt_secret_a",
  );
});

test("a secret that the API shows in clear is refused, and not repeated", () => {
  const attempt = () => sealSecrets(appOf([{ ...jwt, value: "hunter2" }]), known);

  expect(attempt).toThrow("JWT_SECRET_A of api is shown in clear by the API");
  expect(attempt).not.toThrow("hunter2");
});

const logTo = (token: string) => ({
  log_destinations: [{ name: "better-stack", logtail: { token } }],
});

test("a log token that the API gives back encrypted is sealed", () => {
  const supplied = { BETTER_STACK_TOKEN: "the token" };
  const sealed = sealSecrets(appOf([], logTo(ciphertext("token"))), { ...known, supplied });

  expect(sealed.components.api).toEqual({
    BETTER_STACK_TOKEN: { fingerprint: sha256("the token"), ciphertext: ciphertext("token") },
  });
});

test("a log token that the API gives back as it was sent never reaches the sealed file", () => {
  expect(JSON.stringify(sealSecrets(appOf([], logTo("the token")), known))).not.toContain(
    "the token",
  );
});
