import { isAnnounced } from "../../../operations/plan/announced.ts";
import { appValues, plannedStack, resourceChange } from "../../support/plans.ts";

const app = "digitalocean_app.app";
const zone = "digitalocean_domain.zone";
const create = (address: string) => resourceChange(address, ["create"], { after: { name: "x" } });
const planned = (...changes: ReturnType<typeof create>[]) =>
  plannedStack("app", { resource_changes: changes });
const named = [app, zone].map((address) => ({ address, what: address }));

const scaled = (count: number, level = "info") =>
  resourceChange(app, ["update"], {
    before: appValues(),
    after: appValues(({ service }) => {
      service[0]!.instance_count = count;
      service[0]!.env[1]!.value = level;
    }),
  });

test("making what was named was announced; less of it is, too", () => {
  expect(isAnnounced(planned(create(app), create(zone)), { shown: undefined, named })).toBe(true);
  expect(isAnnounced(planned(create(app)), { shown: undefined, named })).toBe(true);
});

test("making something else, and changing what was named, was not", () => {
  const more = planned(create(app), create("digitalocean_record.other"));

  expect(isAnnounced(more, { shown: undefined, named })).toBe(false);
  expect(isAnnounced(planned(scaled(3)), { shown: undefined, named })).toBe(false);
});

test("a plan that does what an earlier one did was announced; one that changes more was not", () => {
  const shown = planned(scaled(3));

  expect(isAnnounced(planned(scaled(3)), { shown, named: [] })).toBe(true);
  expect(isAnnounced(planned(scaled(4)), { shown, named: [] })).toBe(false);
  expect(isAnnounced(planned(scaled(3, "debug")), { shown, named: [] })).toBe(false);
  expect(isAnnounced(planned(scaled(3), create(zone)), { shown, named: [] })).toBe(false);
});

test("a value that has become known since was announced", () => {
  const [before, after] = [appValues(), { ...appValues(), id: "other" }];
  const shown = planned(
    resourceChange(app, ["update"], {
      before,
      after: { ...before, id: undefined },
      after_unknown: { id: true },
    }),
  );

  expect(
    isAnnounced(planned(resourceChange(app, ["update"], { before, after })), { shown, named: [] }),
  ).toBe(true);
});
