import type { DigitalOcean } from "@mam-infra/clients/digitalocean";

import { statusPlan } from "../../../../operations/platform/sparing/reading-plan.ts";
import { forgetReads, sharingReads } from "../../../../operations/platform/sparing/shared-reads.ts";
import { spared } from "../../../../operations/platform/sparing/spared.ts";
import { anEnvironment } from "../../../support/environments.ts";
import { refusedBy } from "../../../support/recorded/digitalocean.ts";
import { aSession } from "../../../support/recorded/session.ts";

/** A session that shares what it reads, and an API that notes what it was asked, and fails as it is told. */
function aWorld() {
  const asked: string[] = [];
  const failures: Error[] = [];
  const call = (name: string) => {
    asked.push(name);
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve({ answer: asked.length });
  };
  const clients = { digitalOcean: () => ({ call }) as unknown as DigitalOcean };
  const session = sharingReads(aSession({ environment: anEnvironment(), project: "/", clients }));
  const digitalOcean = () => session.clients.digitalOcean();
  const read = async () => {
    for (const name of ["listApps", "listDatabases", "getAccount"] as const)
      await digitalOcean().call(name, {}, { query: { page: 1 } });
  };
  return { asked, failures, session, api: digitalOcean(), read };
}

test("the same question is one request, whoever asks, and another page is another question", async () => {
  const { asked, session, api } = aWorld();
  const again = sharingReads(session).clients.digitalOcean();
  const first = api.call("listApps", {}, { query: { page: 1 } });
  const second = again.call("listApps", {}, { query: { page: 1 } });
  await again.call("listApps", {}, { query: { page: 2 } });

  expect(await second).toBe(await first);
  expect(asked).toEqual(["listApps", "listApps"]);
});

test.each([
  ["the app's stack", "app", ["listApps"]],
  ["the data stack", "data", ["listApps", "listDatabases"]],
  ["storage, which is not on DigitalOcean", "storage", []],
  ["anything", undefined, ["listApps", "listDatabases", "getAccount"]],
] as const)(
  "after a change of %s only what it may have changed is asked again",
  async (_, stack, again) => {
    const { asked, session, read } = aWorld();
    await read();
    asked.length = 0;
    forgetReads(session, stack);
    await read();

    expect(asked).toEqual(again);
  },
);

test("a call that changes something makes untrue what it may have changed, also what was asked meanwhile", async () => {
  const { asked, api, read } = aWorld();
  const change = api.call("createDeployment", { app_id: "1" }, { body: {} });
  await read();
  await change;
  asked.length = 0;
  await read();

  expect(asked).toEqual(["listApps"]);
});

test("a change that is refused has changed nothing, and one without an answer may have", async () => {
  const { asked, failures, api, read } = aWorld();
  await read();
  failures.push(refusedBy(404));
  await expect(
    api.call("updateVpc", { vpc_id: "1" }, { body: { name: "a", default: false } }),
  ).rejects.toThrow();
  asked.length = 0;
  await read();
  expect(asked).toEqual([]);

  failures.push(new Error("away"));
  await expect(
    api.call("updateVpc", { vpc_id: "1" }, { body: { name: "a", default: false } }),
  ).rejects.toThrow("away");
  asked.length = 0;
  await read();
  expect(asked).toEqual(["listApps", "listDatabases"]);
});

test("a question that failed is asked again", async () => {
  const { asked, failures, api } = aWorld();
  failures.push(new Error("away"));
  await expect(api.call("listApps", {})).rejects.toThrow("away");
  await api.call("listApps", {});

  expect(asked).toEqual(["listApps", "listApps"]);
});

test("that there is nothing is an answer, until something is made that it may be", async () => {
  const { asked, failures, session, api } = aWorld();
  failures.push(refusedBy(404));
  const ask = () => api.call("listRecords", { domain: "northlight.example" });
  await expect(ask()).rejects.toThrow();
  await expect(ask()).rejects.toThrow();
  expect(asked).toEqual(["listRecords"]);

  forgetReads(session, "data");
  await ask();
  expect(asked).toEqual(["listRecords", "listRecords"]);
});

test("whoever looks again and again is told what is now", async () => {
  const { asked, session, api } = aWorld();
  let now = 0;
  const watching = spared(session, statusPlan, { now: () => now }).session.clients.digitalOcean();
  await api.call("listApps", {});
  await watching.call("listApps", {});
  now = 60_000;
  await watching.call("listApps", {});

  expect(asked).toHaveLength(3);
});
