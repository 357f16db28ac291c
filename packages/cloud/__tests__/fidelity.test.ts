import { digitalOceanFidelity } from "../src/digitalocean/fidelity.ts";
import { hcpFidelity } from "../src/hcp/fidelity.ts";
import { spacesFidelity } from "../src/spaces/fidelity.ts";
import { wasabiFidelity } from "../src/wasabi/fidelity.ts";

const rows = [...digitalOceanFidelity, ...wasabiFidelity, ...spacesFidelity, ...hcpFidelity];
const verified = rows.flatMap(({ source, lastVerified }) =>
  lastVerified === "never" ? [] : [{ source, ...lastVerified }],
);

test("what is assumed, in whole or in part, does not pass for verified", () => {
  expect(verified.length).toBeGreaterThan(10);
  expect(verified.filter(({ source }) => source.includes("assum"))).toEqual([]);
});

test("a verification has a day, and says what was read, measured or asked", () => {
  for (const { date, how } of verified) {
    expect(date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    expect(how).toMatch(/^(read|measured|reported|asked)/);
  }
});
