import { anAccount, closeAccounts, messageOf, textAt } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
  await account.post("/v2/tags", { name: "mam-gpu" });
});

const out = {
  protocol: "tcp",
  ports: "443",
  destinations: { addresses: ["0.0.0.0/0", "::/0"] },
};

const asked = { name: "mam-gpu", tags: ["mam-gpu"], outbound_rules: [out] };

test("a firewall is created, read, changed and deleted; afterwards it is 404", async () => {
  const reply = await account.post("/v2/firewalls", asked);
  const path = `/v2/firewalls/${textAt(reply, "firewall.id")}`;

  expect(reply.status).toBe(202);
  expect((await account.get(path)).body).toMatchObject({
    firewall: { ...asked, inbound_rules: [], droplet_ids: [], status: "succeeded" },
  });
  const wider = { ...out, ports: "8000-9000" };
  const changed = await account.put(path, { ...asked, outbound_rules: [out, wider] });
  expect(changed.body).toMatchObject({ firewall: { outbound_rules: [out, wider] } });

  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});

test.each([
  ["no rule at all", { outbound_rules: [] }, 422, "rule"],
  ["a tag that there is not", { tags: ["none"] }, 422, "none"],
  ["a Droplet that there is not", { droplet_ids: [7] }, 422, "7"],
  ["ports that are none", { outbound_rules: [{ ...out, ports: "https" }] }, 422, ""],
])("%s is refused", async (_what, change, status, reason) => {
  const reply = await account.post("/v2/firewalls", { ...asked, ...change });

  expect([reply.status, messageOf(reply)]).toEqual([status, expect.stringContaining(reason)]);
});

test("a taken name is refused, to another firewall only", async () => {
  const first = await account.post("/v2/firewalls", asked);

  expect((await account.post("/v2/firewalls", asked)).status).toBe(409);
  const again = await account.put(`/v2/firewalls/${textAt(first, "firewall.id")}`, asked);
  expect(again.status).toBe(200);
});

test("a tag that goes leaves the firewalls that named it", async () => {
  const first = await account.post("/v2/firewalls", asked);
  await account.call("DELETE", "/v2/tags/mam-gpu");

  const found = await account.get(`/v2/firewalls/${textAt(first, "firewall.id")}`);
  expect(found.body).toMatchObject({ firewall: { tags: [] } });
});
