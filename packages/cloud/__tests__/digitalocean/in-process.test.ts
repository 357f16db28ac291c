import { DirectAccount } from "../../src/digitalocean/in-process.ts";
import { pick, postgres } from "./support.ts";

const start = new Date("2026-11-24T00:00:00Z");
const anAccount = () =>
  new DirectAccount({ tokens: [], members: ["owner@example.com"], registry: {} }, start);

test("an account without a server answers as one with a server, errors included", () => {
  const account = anAccount();
  const vpcs = account.ask({ method: "GET", path: "/v2/vpcs", query: { per_page: "1" } });
  const refused = account.ask({ method: "POST", path: "/v2/vpcs", body: { name: "a b" } });
  const unplayed = account.ask({ method: "GET", path: "/v2/load_balancers" });

  expect([vpcs.status, pick(vpcs.body, "vpcs.length")]).toEqual([200, 1]);
  expect([refused.status, pick(refused.body, "id")]).toEqual([422, "unprocessable_entity"]);
  expect(unplayed.status).toBe(501);
});

test("time passes when it is told to", () => {
  const account = anAccount();
  const created = account.ask({ method: "POST", path: "/v2/databases", body: postgres });
  const path = `/v2/databases/${String(pick(created.body, "database.id"))}`;
  const status = () => pick(account.ask({ method: "GET", path }).body, "database.status");

  expect(status()).toBe("creating");
  account.pass(1200);
  expect(status()).toBe("online");
});

test("what was kept comes back, as often as it is asked for", () => {
  const account = anAccount();
  const names = () => {
    const { body } = account.ask({ method: "GET", path: "/v2/tags" });
    return pick(body, "meta.total");
  };
  const restart = account.keep();
  for (const name of ["first", "second"]) {
    account.ask({ method: "POST", path: "/v2/tags", body: { name } });
    expect(names()).toBe(1);
    restart();
    expect(names()).toBe(0);
  }
});
