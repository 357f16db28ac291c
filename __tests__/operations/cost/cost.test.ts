import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";

import { costOfEnvironment } from "../../../operations/cost/cost.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";

const now = new Date("2026-11-29T08:00:00Z");
const progress = plainProgress(() => undefined);

const token = { DIGITALOCEAN_TOKEN: "dop_v1_token" };

function sessionWith(variables: Record<string, string>, call: () => unknown) {
  const api = { call: () => Promise.resolve().then(call) } as never;
  return aSession({
    ...{ environment: anEnvironment(), project: "/project", variables },
    clients: { digitalOcean: () => api },
  });
}

const asked = () => {
  throw new Error("nothing was to be asked");
};

const sizes = () => ({
  instance_sizes: [
    { slug: "apps-d-1vcpu-2gb", usd_per_month: "41.00", bandwidth_allowance_gib: "1" },
    { slug: "apps-d-1vcpu-1gb", usd_per_month: null },
  ],
});

const cost = (session: ReturnType<typeof sessionWith>, usage: readonly string[] = []) =>
  costOfEnvironment(session, { usage }, progress, now);

test("without a token nothing is asked, and the estimate says so", async () => {
  const { ok, data, text } = await cost(sessionWith({}, asked));

  expect(ok).toBe(true);
  expect(data).toMatchObject({
    environment: "production",
    currency: "USD",
    asked: { live: false, because: "DIGITALOCEAN_TOKEN is not there" },
  });
  expect(text).toContain(
    "Prices are as they were read, and the oldest price is of 2025-08-29: DIGITALOCEAN_TOKEN is not there.",
  );
});

test("with a token App Platform's sizes are priced as its API says, and the others as they were read", async () => {
  const { data, text } = await cost(sessionWith(token, sizes));

  expect(data).toMatchObject({
    asked: { live: true },
    prices: {
      "app apps-d-1vcpu-2gb": { amount: 41, date: "2026-11-29", evidence: "live" },
      "app apps-d-1vcpu-1gb": { amount: 34, evidence: "published" },
    },
  });
  expect(text).toMatch(/api +2 to 6 × apps-d-1vcpu-2gb +\$82\.00 to \$246\.00/);
  expect(text).toMatch(
    /app apps-d-1vcpu-2gb +\$41\.00 per instance and month +2026-11-29 +from the API, now/,
  );
  expect(text).not.toContain("dop_v1_token");
});

test("a platform that refuses leaves the dated prices, and why", async () => {
  const session = sessionWith(token, () => {
    const call = { method: "GET", path: "/v2/apps/tiers/instance_sizes", status: 401, attempts: 1 };
    throw new DigitalOceanError(call, "Unable to authenticate you");
  });
  const { ok, text } = await cost(session);

  expect(ok).toBe(true);
  expect(text).toContain("401 Unable to authenticate you");
  expect(text).toMatch(/api +2 to 6 × apps-d-1vcpu-2gb +\$78\.00/);
});

test("an assumption of the command line holds for this estimate", async () => {
  const { data, text } = await cost(sessionWith({}, asked), ["mastersGib=2048", "dumpGib=0"]);

  expect(data).toMatchObject({
    assumptions: { mastersGib: 2048, dumpGib: 0, previewsPercent: 10 },
  });
  expect(text).toMatch(/masters +2048 GiB +\$15\.98/);
});

test.each([
  ["mastersgib=1", "with a name of mastersGib, olderVersionsPercent"],
  ["mastersGib", "expected a whole number, 0 or more"],
  ["mastersGib=", "expected a whole number, 0 or more"],
  ["mastersGib=1.5", "expected a whole number, 0 or more"],
  ["mastersGib=-1", "expected a whole number, 0 or more"],
  ["toString=1", "with a name of mastersGib"],
])("--usage %s is refused with what was expected", async (usage, expected) => {
  await expect(cost(sessionWith({}, asked), [usage])).rejects.toThrow(expected);
});
