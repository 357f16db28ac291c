import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Writing, unlessWritten } from "../../../operations/terraform/written.ts";

let outdir: string;
let writes: number;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "mam-written-"));
  writes = 0;
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
});

const once = async (changed: Partial<Writing> = {}) => {
  const file = join(outdir, "cdk.tf.json");
  const writing = { outdir, name: "staging", files: [file], inputs: [{ size: 1 }], program: "one" };
  await unlessWritten({ ...writing, ...changed }, () => {
    writes += 1;
    writeFileSync(file, "{}");
    return Promise.resolve(["{}"]);
  });
};

test("what the same program made from the same inputs is left as it is", async () => {
  await once();
  await once();

  expect(writes).toBe(1);
});

test.each<[what: string, change: Partial<Writing>]>([
  ["another program", { program: "another" }],
  ["other inputs", { inputs: [{ size: 2 }] }],
  ["another environment", { name: "production" }],
  ["a program that does not know what it was made from", { program: undefined }],
])("%s writes again", async (_, change) => {
  await once();
  await once(change);

  expect(writes).toBe(2);
});

test("a file that somebody changed, or removed, is written again", async () => {
  await once();
  writeFileSync(join(outdir, "cdk.tf.json"), "{ }");
  await once();
  rmSync(join(outdir, "cdk.tf.json"));
  await once();

  expect(writes).toBe(3);
  expect(existsSync(join(outdir, "cdk.tf.json"))).toBe(true);
});

test("a failure leaves no mark, so that the next attempt writes", async () => {
  const failing = unlessWritten(
    { outdir, name: "staging", files: [], inputs: [], program: "one" },
    () => Promise.reject(new Error("no")),
  );

  await expect(failing).rejects.toThrow("no");
  await once({ files: [], inputs: [] });
  expect(writes).toBe(1);
});
