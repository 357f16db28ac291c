import {
  anAccount,
  anApp,
  api,
  aSpec,
  messageOf,
  pick,
  textAt,
  closeAccounts,
} from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const ciphertext = /^EV\[1:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+\]$/;

const secret = (value: string) => ({
  key: "JWT_SECRET",
  value,
  scope: "RUN_TIME",
  type: "SECRET",
});
const withSecret = (value: string, fields: object = {}) =>
  aSpec({ services: [{ ...api, envs: [secret(value)] }], ...fields });
const valueOf = async (path: string) =>
  textAt(await account.get(path), "app.spec.services.0.envs.0.value");

test("a SECRET comes back as EV ciphertext, and its plaintext nowhere", async () => {
  const { path } = await anApp(account, withSecret("plain-text"));

  expect(await valueOf(path)).toMatch(ciphertext);
  const everything = await Promise.all(
    [path, `${path}/deployments`, "/v2/apps"].map((one) => account.get(one)),
  );
  expect(JSON.stringify(everything)).not.toContain("plain-text");
});

test("the same secret is encrypted anew each time it is sent in clear", async () => {
  const { path } = await anApp(account, withSecret("plain-text"));
  const first = await valueOf(path);
  await account.put(path, { spec: withSecret("plain-text") });
  expect(await valueOf(path)).not.toBe(first);
});

test("ciphertext that is submitted again stays as it is", async () => {
  const { path } = await anApp(account, withSecret("plain-text"));
  const sealed = await valueOf(path);

  const reply = await account.put(path, { spec: withSecret(sealed) });

  expect(reply.status).toBe(200);
  expect(await valueOf(path)).toBe(sealed);
});

test("the running component gets the plaintext, in clear or submitted as ciphertext", async () => {
  const { path } = await anApp(account, withSecret("plain-text"));
  expect(account.cloud.environmentOf("mam", "api").get("JWT_SECRET")).toBe("plain-text");

  await account.put(path, { spec: withSecret(await valueOf(path)) });
  await account.pass(600);
  expect(account.cloud.environmentOf("mam", "api").get("JWT_SECRET")).toBe("plain-text");
});

test("ciphertext of another app is refused: 400", async () => {
  const first = await anApp(account, withSecret("plain-text"));
  const sealed = await valueOf(first.path);

  const created = await account.post("/v2/apps", { spec: withSecret(sealed, { name: "other" }) });

  expect([created.status, messageOf(created)]).toEqual([
    400,
    expect.stringContaining("invalid encrypted value"),
  ]);
  expect(account.cloud.store.apps).toHaveLength(1);
});

test.each(["EV[1:AAAA:AAAA]", "EV[2:x:y]", "EV[1:"])("%s is refused: 400", async (value) => {
  const reply = await account.post("/v2/apps", { spec: withSecret(value) });
  expect(reply.status).toBe(400);
});

test("app-level secrets are encrypted too, and a component's own variable wins", async () => {
  const spec = aSpec({
    envs: [secret("of-the-app"), { key: "LOG_LEVEL", value: "info", type: "GENERAL" }],
    services: [{ ...api, envs: [{ key: "LOG_LEVEL", value: "debug" }] }],
  });
  const { path } = await anApp(account, spec);

  expect(textAt(await account.get(path), "app.spec.envs.0.value")).toMatch(ciphertext);
  const environment = account.cloud.environmentOf("mam", "api");
  expect([environment.get("JWT_SECRET"), environment.get("LOG_LEVEL")]).toEqual([
    "of-the-app",
    "debug",
  ]);
});

test("the type GENERAL is left out of what comes back", async () => {
  const { path } = await anApp(
    account,
    aSpec({ envs: [{ key: "A", value: "1", scope: "RUN_TIME", type: "GENERAL" }] }),
  );
  expect(pick((await account.get(path)).body, "app.spec.envs.0")).toEqual({
    key: "A",
    value: "1",
    scope: "RUN_TIME",
  });
});

test("registry credentials come back as ciphertext", async () => {
  const image = {
    registry_type: "GHCR",
    registry: "owner",
    repository: "image",
    digest: api.image.digest,
    registry_credentials: "user:token",
  };
  const created = await account.post("/v2/apps", {
    spec: aSpec({ services: [{ ...api, image }] }),
  });
  expect(textAt(created, "app.spec.services.0.image.registry_credentials")).toMatch(ciphertext);
});

test("keys of log destinations come back as they are", async () => {
  const log_destinations = [{ name: "better-stack", logtail: { token: "token" } }];
  const { path } = await anApp(account, aSpec({ services: [{ ...api, log_destinations }] }));
  expect(pick((await account.get(path)).body, "app.spec.services.0.log_destinations")).toEqual(
    log_destinations,
  );
});
