import { unreadableBecause } from "../../../operations/state-place/unreadable.ts";

test.each([
  ["a state", '{"version":4,"lineage":"a","resources":[]}', undefined],
  ["nothing", "", "it is empty"],
  ["blanks", " \n", "it is empty"],
  ["other JSON", '{"releases":[]}', "it is JSON, and no state of Terraform's"],
  ["a word", '"version lineage"', "it is JSON, and no state of Terraform's"],
  ["null", "null", "it is JSON, and no state of Terraform's"],
])("of %s it is said what is wrong with it as a state", (_, text, problem) => {
  expect(unreadableBecause(text)).toBe(problem);
});

test("of a text that is cut off nothing is repeated, for it holds secrets", () => {
  const problem = unreadableBecause('{"version":4,"password":hunter2');

  expect(problem).toBe("it is no JSON, or was cut off after 31 bytes");
});
