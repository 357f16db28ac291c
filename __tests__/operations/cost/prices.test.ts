import { instanceSizeSlugs } from "../../../environments/platform/instance-sizes.ts";
import { datedPrices } from "../../../operations/cost/prices/dated.ts";
import { transferAllowances } from "../../../operations/cost/prices/app-platform.ts";

const prices = Object.entries(datedPrices);

test.each(prices)(
  "%s says its currency, its unit, when it stood there and its page",
  (_, price) => {
    expect(price).toMatchObject({
      currency: "USD",
      per: expect.stringMatching(/^[A-Za-z ]+$/),
      date: expect.stringMatching(/^20\d\d-[01]\d(-[0-3]\d)?$/),
      source: expect.stringMatching(/^https:\/\/\S+$/),
    });
    expect(Number.isNaN(Date.parse(price.date))).toBe(false);
    expect(price.amount).toBeGreaterThanOrEqual(0);
  },
);

test("every instance size that an environment may have has a price and what it includes", () => {
  expect(instanceSizeSlugs.filter((slug) => !datedPrices[`app ${slug}`])).toEqual([]);
  expect(Object.keys(transferAllowances)).toEqual(instanceSizeSlugs);
});
