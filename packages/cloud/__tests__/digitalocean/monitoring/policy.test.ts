import { aCluster, anAccount, messageOf, pick, textAt, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let cluster: string;
beforeEach(async () => {
  account = await anAccount();
  cluster = (await aCluster(account)).id;
});

const policy = (fields: object = {}) => ({
  type: "v1/dbaas/alerts/cpu_alerts",
  description: "CPU",
  compare: "GreaterThan",
  value: 80,
  window: "10m",
  entities: [cluster],
  tags: null,
  alerts: { email: ["on-call@example.com"], slack: null },
  enabled: true,
  ...fields,
});

test("a policy is created, read, changed and deleted", async () => {
  const created = await account.post("/v2/monitoring/alerts", policy());
  const path = `/v2/monitoring/alerts/${textAt(created, "policy.uuid")}`;

  expect(created.body).toMatchObject({ policy: { value: 80, entities: [cluster], tags: [] } });
  await account.put(path, policy({ value: 90 }));
  expect(pick((await account.get(path)).body, "policy.value")).toBe(90);
  expect(pick((await account.get("/v2/monitoring/alerts")).body, "meta.total")).toBe(1);
  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});

test.each([
  ["a type that is none", () => policy({ type: "v1/dbaas/alerts/luck" }), "type"],
  ["no destination", () => policy({ alerts: { email: [], slack: [] } }), "destination"],
  ["a cluster that does not exist", () => policy({ entities: ["nobody"] }), "nobody"],
  [
    "somebody outside of the team",
    () => policy({ alerts: { email: ["x@example.org"], slack: [] } }),
    "team member",
  ],
])("%s is refused", async (_what, body, reason) => {
  const reply = await account.post("/v2/monitoring/alerts", body());
  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining(reason)]);
});
