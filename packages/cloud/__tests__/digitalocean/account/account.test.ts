import { type TestAccount, anAccount, closeAccounts } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

test("an account says how it stands, and whether its address is verified", async () => {
  const { account: own } = account.cloud.store;
  own.isEmailVerified = false;
  own.standing = { status: "locked", message: "payment is overdue" };

  expect((await account.get("/v2/account")).body).toMatchObject({
    account: {
      email_verified: false,
      status: "locked",
      status_message: "payment is overdue",
    },
  });
});

test("requests that others make with a token count for its hour, and are given back after it", async () => {
  account.cloud.useUpRequests("full", 4990);
  const remaining = async () =>
    (await account.get("/v2/account")).headers.get("ratelimit-remaining");

  expect(await remaining()).toBe("9");
  await account.pass(3600);
  expect(await remaining()).toBe("4999");
});

test.each([
  ["PUT", "/v2/vpcs/nothing", { name: "x", default: false }, "vpc:update"],
  ["POST", "/v2/apps/nothing/deployments", {}, "app:update"],
  [
    "PUT",
    "/v2/domains/nothing.example/records/1",
    { type: "A", data: "192.0.2.1" },
    "domain:update",
  ],
])("%s %s: the scope is judged before what it is about", async (method, path, body, scope) => {
  const refused = await account.call(method, path, body, "reader");
  const allowed = await account.call(method, path, body);

  expect(refused.status).toBe(403);
  expect(JSON.stringify(refused.body)).toContain(scope);
  expect(allowed.status).toBe(404);
});
