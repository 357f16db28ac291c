import { verdictOf } from "../../../operations/state/unsaved.ts";

const state = (serial: number, lineage: string, resources: readonly string[] = []) =>
  JSON.stringify({ version: 4, serial, lineage, resources });

test.each([
  ["the first of all", state(1, "a"), undefined, "follows"],
  ["the next of the same life", state(8, "a"), state(7, "a"), "follows"],
  ["the very one that stands", state(7, "a", ["vpc"]), state(7, "a", ["vpc"]), "is saved"],
  ["another one of the same serial", state(7, "a", ["vpc"]), state(7, "a"), "was overtaken"],
  ["an older one", state(6, "a"), state(7, "a"), "was overtaken"],
  ["one of another life", state(9, "b"), state(7, "a"), "was overtaken"],
])("%s is told by serial and lineage", (_, unsaved, standing, verdict) => {
  expect(verdictOf(unsaved, standing)).toBe(verdict);
});
