import { existsSync } from "node:fs";

import { digitalOceanFidelity } from "../../src/digitalocean/fidelity.ts";

test.each(digitalOceanFidelity.map((row) => [row.behaviour, row] as const))(
  "%s",
  (_behaviour, { test: file, source, probe }) => {
    expect(existsSync(file)).toBe(true);
    expect(source).not.toBe("");
    expect(probe).not.toBe("");
  },
);

test("no behaviour is assumed twice", () => {
  const behaviours = digitalOceanFidelity.map(({ behaviour }) => behaviour);
  expect(new Set(behaviours).size).toBe(behaviours.length);
});
