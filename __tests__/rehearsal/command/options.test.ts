import { selectFaults, selectSuites } from "../../../rehearsal/command/options.ts";

const names = (list?: string) =>
  selectSuites(list).flatMap(({ scenarios }) => scenarios.map(({ name }) => name));

test("without a list every suite is played that is not on demand", () => {
  expect(selectSuites(undefined).map(({ name }) => name)).toEqual(["cdktf", "mam"]);
});

test("a scenario brings those that have to be played before it, in their order", () => {
  expect(names("rollback")).toEqual(["deploy", "unchanged", "failed-release", "rollback"]);
  expect(names("unchanged,deploy")).toEqual(["deploy", "unchanged"]);
});

test("an unknown scenario is refused with the known ones", () => {
  expect(() => names("deploi")).toThrow(
    'Unknown scenario "deploi", expected one of: deploy, unchanged, release, failed-release, rollback, media, mam-deploy, ',
  );
});

test("faults are platform, kind and how many requests meet them", () => {
  expect(selectFaults("digitalocean:rate-limited:3, spaces:slow")).toEqual([
    { platform: "digitalocean", kind: "rate-limited", times: 3 },
    { platform: "spaces", kind: "slow" },
  ]);
});

test.each(["aws:slow", "spaces", "spaces:slow:many", "spaces:slow:1:2", "spaces:broken", ""])(
  "the fault %p is refused",
  (text) => {
    expect(() => selectFaults(text)).toThrow(
      `Fault "${text}" is not understood, expected platform:kind`,
    );
  },
);
