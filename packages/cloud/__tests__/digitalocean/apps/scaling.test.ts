import { anAccount, anApp, api, aSpec, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
  const autoscaling = {
    min_instance_count: 2,
    max_instance_count: 4,
    metrics: { cpu: { percent: 70 } },
  };
  const size = { instance_size_slug: "apps-d-1vcpu-1gb", instance_count: undefined };
  const service = { ...api, ...size, autoscaling };
  await anApp(account, aSpec({ services: [service] }));
});

const scale = (count: number) => {
  account.cloud.scale({ app: "mam", component: "api", count });
};

const answering = () => {
  const [app] = account.cloud.store.apps;
  const host = new URL(app?.default_ingress ?? "").host;
  const answers = account.cloud.answersTo({ host, path: "/", at: account.clock.now() });
  return answers.map(({ outcome }) => outcome);
};

test("further instances get requests once they are ready, and others go when they drained", async () => {
  scale(4);
  expect(answering()).toEqual(["served", "served"]);
  await account.pass(60);
  expect(answering()).toEqual(["served", "served", "served", "served"]);

  scale(3);
  await account.pass(60);
  expect(answering()).toEqual(["served", "served", "served"]);
});

test("the same number again changes nothing", () => {
  scale(2);
  expect(account.cloud.store.apps[0]?.instances).toHaveLength(2);
});

test.each([
  [1, "api of app mam cannot have 1 instances: its spec says 2 to 4"],
  [5, "api of app mam cannot have 5 instances: its spec says 2 to 4"],
])("%i instances are refused", (count, message) => {
  expect(() => {
    scale(count);
  }).toThrow(message);
});

test("a component that does not run cannot be scaled", () => {
  expect(() => {
    account.cloud.scale({ app: "mam", component: "web", count: 2 });
  }).toThrow("app mam runs no component web");
});
