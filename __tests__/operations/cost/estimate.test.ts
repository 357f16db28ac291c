import fc from "fast-check";

import { appSpec } from "../../../constructs/app/app-spec.ts";
import { production } from "../../../environments/production.ts";
import {
  type EnvironmentConfig,
  environmentSchema,
} from "../../../environments/schema/environment.ts";
import { staging } from "../../../environments/staging.ts";
import { datedReckoning, estimate } from "../../../operations/cost/estimate.ts";
import type { Price } from "../../../operations/cost/price.ts";
import type { CostLine } from "../../../operations/cost/line.ts";
import { componentsOf } from "../../../operations/cost/lines/app-platform.ts";
import { datedPrices } from "../../../operations/cost/prices/dated.ts";
import { arbitraryEnvironment } from "../../support/arbitrary-environment.ts";
import { anAppContext } from "../../support/app-context.ts";
import { withGpu } from "../../support/gpu.ts";
import { changed, checked, releaseWithBackup } from "../../support/environments.ts";

const line = (lines: readonly CostLine[], resource: string) =>
  lines.find((one) => one.resource === resource);

const costOf = (change: Parameters<typeof changed>[0], input = production) =>
  estimate(checked(changed(change, input)));

test("autoscaling costs between its fewest and its most instances", () => {
  const { lines } = estimate(checked(production));

  expect(line(lines, "api")).toEqual({
    part: "App Platform",
    resource: "api",
    quantity: "2 to 6 × apps-d-1vcpu-2gb",
    price: "app apps-d-1vcpu-2gb",
    month: { least: 78, most: 234 },
    note: "by load",
  });
  expect(line(lines, "frontend")).toMatchObject({ month: { least: 24, most: 24 } });
});

test("every component of the app is billed, with its size and its instances", () => {
  const context = { ...anAppContext(), release: releaseWithBackup };
  const { service, worker, job } = appSpec(context, undefined);
  const spec = [service, worker, job].flatMap((list) => (Array.isArray(list) ? list : []));

  expect(
    componentsOf(context.config)
      .map(({ name, size }) => [name, size])
      .sort(),
  ).toEqual(spec.map(({ name, instanceSizeSlug }) => [name, instanceSizeSlug]).sort());
});

test("every node of a cluster is paid, standbys too", () => {
  const one = costOf((draft) => {
    draft.cache.nodes = 1;
    draft.cache.singleNodeReason = "Accepted: the queue may start empty for a while.";
  });

  expect(line(one.lines, "valkey")?.month).toEqual({ least: 30, most: 30 });
  expect(line(estimate(checked(production)).lines, "valkey")).toMatchObject({
    quantity: "2 × db-s-1vcpu-2gb, one of them standby",
    month: { least: 60, most: 60 },
  });
});

test("a plan whose own price was not found costs at least what the smallest one costs", () => {
  const { lines, month } = estimate(checked(production));

  expect(line(lines, "postgres")?.month).toEqual({ least: 260, most: null });
  expect(month.most).toBeNull();
});

test("what cannot be known is a line that says so, and is counted nowhere", () => {
  const { lines, month, unknown } = estimate(checked(staging));
  const without = lines.filter((one) => one.month === null);

  expect(line(lines, "valkey")).toMatchObject({
    month: null,
    note: "no price was found: https://docs.digitalocean.com/products/databases/valkey/details/pricing/",
  });
  expect(without.every(({ note }) => note.length > 0)).toBe(true);
  expect(unknown).toEqual(without.map(({ resource }) => resource));
  expect(month.least).toBeCloseTo(
    lines.reduce((sum, one) => sum + (one.month?.least ?? 0), 0),
    6,
  );
});

test("a larger disk costs something between nothing and all of it: what the plan includes is not known", () => {
  const { lines } = costOf((draft) => {
    draft.database.storageGib = 100;
  }, staging);

  expect(line(lines, "disk of postgres")?.month).toEqual({ least: 0, most: 21.5 });
});

describe("storage on Wasabi", () => {
  const storage = (use: Record<string, number>, input = production) =>
    costOf((draft) => {
      draft.cost = { assumptions: use };
    }, input).lines.filter(({ part }) => part === "Wasabi");
  const dollars = (lines: readonly CostLine[], resource: string) =>
    line(lines, resource)?.month?.least;

  test("costs one TiB when less is stored", () => {
    const lines = storage({ mastersGib: 100, uploadedGibMonth: 0, playedGibMonth: 0, dumpGib: 0 });
    const active = lines.filter(({ resource }) => resource !== "deleted objects");

    expect(active.reduce((sum, one) => sum + (one.month?.least ?? 0), 0)).toBeCloseTo(7.99, 6);
    expect(dollars(lines, "rest of the first TiB")).toBeCloseTo(7.99 * (1 - 105 / 1024), 6);
  });

  test("costs what is stored when it is more than one TiB", () => {
    const lines = storage({ mastersGib: 10_240, olderVersionsPercent: 10 });

    expect(dollars(lines, "masters")).toBeCloseTo(79.9, 6);
    expect(dollars(lines, "older versions of masters")).toBeCloseTo(7.99, 6);
    expect(dollars(lines, "rest of the first TiB")).toBe(0);
  });

  test("bills an upload for 90 days that is deleted after fourteen", () => {
    const lines = storage({ uploadedGibMonth: 300, previewsPercent: 0, dumpGib: 0 });

    // Seven days as it is, and seven as a version that can still be brought back.
    expect(line(lines, "uploads in staging")?.quantity).toBe("140 GiB");
    expect(line(lines, "deleted objects")?.quantity).toBe("760 GiB");
  });

  test("keeps as many dumps as the environment says, and bills each for 90 days", () => {
    const lines = storage({ uploadedGibMonth: 0, dumpGib: 10 }, staging);

    expect(line(lines, "database dumps")?.quantity).toBe("140 GiB");
    expect(line(lines, "deleted objects")?.quantity).toBe("760 GiB");
  });

  test("has no dumps where nobody makes any", () => {
    const { lines } = costOf((draft) => {
      draft.services.backup = { enabled: false };
    }, staging);

    expect(line(lines, "database dumps")).toBeUndefined();
    expect(line(lines, "backup")).toBeUndefined();
  });

  test("has no older versions without versioning", () => {
    const { lines } = costOf((draft) => {
      draft.storage.masters = {
        versioning: false,
        versioningReason: "Accepted: the archive elsewhere has all of them.",
        unlockedReason: "Accepted: the archive elsewhere has all of them.",
      };
    });

    expect(line(lines, "older versions of masters")).toBeUndefined();
  });

  test("says no price for more data leaving than Wasabi lets go for nothing", () => {
    const quiet = storage({ playedGibMonth: 100 });
    const busy = storage({ playedGibMonth: 5000 });

    expect(dollars(quiet, "data that leaves Wasabi")).toBe(0);
    expect(line(busy, "data that leaves Wasabi")).toMatchObject({
      month: null,
      note: expect.stringContaining("Wasabi may limit the account"),
    });
  });
});

test("data that leaves the app costs nothing within what its fewest instances include, and then by the GiB", () => {
  const played = (playedGibMonth: number) =>
    line(
      costOf((draft) => {
        draft.cost = { assumptions: { playedGibMonth, uploadedGibMonth: 0, dumpGib: 0 } };
      }).lines,
      "data that leaves the app",
    )?.month;

  // 2 × 150 + 2 × 300 + 2 × 500 + 3 × 200 + 50, and with all instances 2 × 150 + 6 × 300 + 2 × 500 + 10 × 200 + 50.
  expect(played(2500)).toEqual({ least: 0, most: 0 });
  expect(played(6000)).toEqual({ least: (6000 - 5150) * 0.02, most: (6000 - 2550) * 0.02 });
});

/** So much is played that data is billed which leaves the app, and so much stored that Wasabi lets it go. */
const busy = [production, staging].map((input) =>
  checked(
    changed((draft) => {
      draft.cost = { assumptions: { playedGibMonth: 9000, mastersGib: 20_000 } };
    }, input),
  ),
);

function linesThatChange(config: EnvironmentConfig, key: string, change: Partial<Price>) {
  const prices = { ...datedPrices, [key]: { ...datedPrices[key]!, ...change } };
  const before = estimate(config).lines;
  const after = estimate(config, { ...datedReckoning, prices }).lines;
  return after.filter((one, index) => JSON.stringify(one) !== JSON.stringify(before[index]));
}

test.each(
  busy.flatMap((config) =>
    Object.keys(estimate(config).prices).map((key) => [config.name, key, config] as const),
  ),
)("in %s, another price of %s changes lines that name it, and no other", (_, key, config) => {
  const changing = linesThatChange(config, key, { amount: datedPrices[key]!.amount + 1 });

  expect(changing.length).toBeGreaterThan(0);
  expect(changing.filter((one) => one.price !== key)).toEqual([]);
});

test("another price of the API's size changes one line", () => {
  const config = checked(production);

  expect(linesThatChange(config, "app apps-d-1vcpu-2gb", { amount: 40 })).toEqual([
    { ...line(estimate(config).lines, "api"), month: { least: 80, most: 240 } },
  ]);
});

test("whatever an environment says, every amount is a number, and what has none says why", () => {
  for (const environment of fc.sample(arbitraryEnvironment, { seed: 11, numRuns: 20 })) {
    const { lines, month } = estimate(environmentSchema.parse(environment));
    const amounts = [month, ...lines.flatMap((one) => one.month ?? [])];

    const isMoney = (usd: number) => Number.isFinite(usd) && usd >= 0;
    expect(
      amounts.filter(({ least, most }) => !isMoney(least) || (most !== null && !isMoney(most))),
    ).toEqual([]);
    expect(lines.filter((one) => one.month === null && one.note === "")).toEqual([]);
    expect(lines.filter(({ price }) => price !== undefined && !datedPrices[price])).toEqual([]);
  }
});

test("machines with a card are a line of their own, by the hour and whatever they do, and none is a line of none", () => {
  expect(line(estimate(checked(withGpu())).lines, "GPU workers")).toEqual({
    part: "Droplets",
    resource: "GPU workers",
    quantity: "2 × gpu-4000adax1-20gb",
    price: "droplet gpu-4000adax1-20gb",
    month: { least: 1109.6, most: 1109.6 },
    note: "billed whether they work, idle or are off, until they are destroyed",
  });
  expect(estimate(checked(production)).lines.some(({ part }) => part === "Droplets")).toBe(false);
});
