import { existsSync } from "node:fs";

import { hcpFidelity } from "../../src/hcp/fidelity.ts";

test.each(hcpFidelity.map((row) => [row.behaviour, row] as const))(
  "%s",
  (_behaviour, { platform, test: file, source, probe }) => {
    expect(platform).toBe("hcp");
    expect(existsSync(file)).toBe(true);
    expect(source).not.toBe("");
    expect(probe).not.toBe("");
  },
);

test("no behaviour is assumed twice", () => {
  const behaviours = hcpFidelity.map(({ behaviour }) => behaviour);
  expect(new Set(behaviours).size).toBe(behaviours.length);
});
