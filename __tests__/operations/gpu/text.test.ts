import { anEnvironment } from "../../support/environments.ts";
import { withGpu } from "../../support/gpu.ts";
import { renderMachines } from "../../../operations/gpu/text.ts";

const { config } = anEnvironment(withGpu());

test("what becomes of machines is said with what they cost and why", () => {
  expect(renderMachines(config, { made: [2], replaced: [1], removed: [3] })).toBe(
    [
      "",
      "machines with a card",
      "  + make, with an RTX 4000 Ada: 2",
      "  ± replace, one after the other, each shut down first: 1",
      "  - remove: 3",
      "  2 of them cost about $1110 a month, idle or not: Films of the archive are converted until the end of the year.",
      "",
    ].join("\n"),
  );
});

test("nothing is said where nothing becomes of them", () => {
  expect(renderMachines(config, { made: [], replaced: [], removed: [] })).toBe("");
});
