import { CheckSkipped } from "../../../../operations/context/check.ts";
import { Section } from "../../../../operations/dashboard-page/read/section.ts";

const now = () => performance.now();

test("a section is read once for everybody, and again when it is time", async () => {
  let reads = 0;
  const read = () => Promise.resolve((reads += 1));
  const section = new Section({ read, everySeconds: 3600, now });
  expect(section.view).toEqual({ state: "reading" });
  await Promise.all([section.refresh(), section.refresh()]);
  await section.refresh();

  expect(reads).toBe(1);
  expect(section.view).toEqual({ state: "known", value: 1, asOf: expect.any(String) });
});

test("a failure is told, and what was known before stays with its age", async () => {
  const answers = [() => "seen", () => Promise.reject(new Error("no answer\nof the platform"))];
  const asOf = new Date("2026-11-29T10:00:00Z");
  const section = new Section({
    read: async () => answers.shift()!(),
    everySeconds: 0,
    now,
    asOf: () => asOf,
  });
  await section.refresh();
  await section.refresh();

  expect(section.view).toEqual({
    state: "failed",
    value: "seen",
    asOf: asOf.toISOString(),
    failure: { reason: "no answer", at: expect.any(String) },
  });
});

test("what is not asked for says why, and is no failure", async () => {
  const section = new Section({
    read: () => Promise.reject(new CheckSkipped("Insights is switched off")),
    everySeconds: 0,
    now,
  });
  await section.refresh();

  expect(section.view).toEqual({ state: "off", reason: "Insights is switched off" });
});

test("what is known to be nothing is known", async () => {
  const section = new Section({ read: () => Promise.resolve(undefined), everySeconds: 0, now });
  await section.refresh();

  expect(section.view).toMatchObject({ state: "known", asOf: expect.any(String) });
});
