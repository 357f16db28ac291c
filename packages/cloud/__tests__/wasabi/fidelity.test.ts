import { existsSync } from "node:fs";

import { wasabiFidelity } from "../../src/wasabi/fidelity.ts";

test.each(wasabiFidelity.map((row) => [row.behaviour, row] as const))(
  "%s",
  (_behaviour, { platform, test: file, source, probe }) => {
    expect(platform).toBe("wasabi");
    expect(existsSync(file)).toBe(true);
    expect(source).not.toBe("");
    expect(probe).not.toBe("");
  },
);

test("no behaviour is assumed twice", () => {
  const behaviours = wasabiFidelity.map(({ behaviour }) => behaviour);
  expect(new Set(behaviours).size).toBe(behaviours.length);
});
