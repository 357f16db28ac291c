import { existsSync } from "node:fs";

import { spacesFidelity } from "../../src/spaces/fidelity.ts";

test.each(spacesFidelity.map((row) => [row.behaviour, row] as const))(
  "%s",
  (_behaviour, { platform, test: file, source, probe }) => {
    expect(platform).toBe("spaces");
    expect(existsSync(file)).toBe(true);
    expect(source).not.toBe("");
    expect(probe).not.toBe("");
  },
);

test("no behaviour is assumed twice", () => {
  const behaviours = spacesFidelity.map(({ behaviour }) => behaviour);
  expect(new Set(behaviours).size).toBe(behaviours.length);
});
