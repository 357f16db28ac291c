import { once } from "node:events";

import { execa } from "execa";

import type { Variables } from "../../operations/context/variables.ts";
import { type TestPlatform, openPlatform } from "../support/platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openPlatform("staging");
});

afterAll(() => platform.end());

const mam = (args: readonly string[], changed: Variables = {}) => {
  const variables = Object.entries({ ...platform.variables, ...changed }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return execa("node", ["operations/mam.mjs", ...args], {
    env: Object.fromEntries(variables),
    extendEnv: false,
    reject: false,
  });
};

test("a plan that fails is an object on standard output, and text on standard error", async () => {
  const { exitCode, stdout, stderr } = await mam(["plan", "staging", "--json"], {
    AWS_SECRET_ACCESS_KEY: "not the key of the state bucket",
  });

  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: {
      kind: "failed",
      message: expect.stringContaining("SignatureDoesNotMatch"),
      findings: [],
    },
  });
  expect(stderr).toContain("SignatureDoesNotMatch");
  expect(exitCode).toBe(1);
});

test("a plan that is interrupted is an object too", async () => {
  const child = mam(["plan", "staging", "--json"]);
  await once(child.stderr, "data");
  child.kill("SIGINT");
  const { exitCode, stdout } = await child;

  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { kind: "interrupted", message: expect.stringContaining("interrupted"), findings: [] },
  });
  expect(exitCode).toBe(130);
});
