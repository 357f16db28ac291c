import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { startCloud } from "../../src/cloud.ts";
import { InvalidSeed, exampleFile, readSeed } from "../../src/program/seed-file.ts";
import { seedSchema } from "../../src/program/seed-schema.ts";

/** Every field of a schema by its dotted path; `*` stands for an entry of a list or a name that a person chooses. */
function fieldsOf(schema: unknown, path = ""): string[] {
  const node = schema as {
    properties?: Record<string, unknown>;
    items?: unknown;
    prefixItems?: unknown[];
    additionalProperties?: unknown;
  };
  const inside = Object.entries(node.properties ?? {}).map(([name, one]) => [name, one] as const);
  const entry = node.items ?? node.additionalProperties;
  const all =
    typeof entry === "object" && entry !== null ? [...inside, ["*", entry] as const] : inside;
  if (all.length === 0) return [path];
  return all.flatMap(([name, one]) => fieldsOf(one, path === "" ? name : `${path}.${name}`));
}

/** Whether an example has something at a path. */
function has(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  const entries = step === "*" ? Object.values(value) : [Reflect.get(value, step)];
  return entries.some((one) => has(one, rest));
}

/** The example with one image that is another. */
function withImage(image: object) {
  const seed = JSON.parse(readFileSync(exampleFile, "utf8")) as { digitalOcean: object };
  const registry = { api: { [`sha256:${"1".repeat(64)}`]: image } };
  return { ...seed, digitalOcean: { ...seed.digitalOcean, registry } };
}

test("the example shows every field that a seed can have", () => {
  const schema = z.toJSONSchema(seedSchema, { io: "input", unrepresentable: "any" });
  const example: unknown = JSON.parse(readFileSync(exampleFile, "utf8"));
  const fields = fieldsOf(schema);

  expect(fields).toContain("wasabi.users.*.name");
  expect(fields.filter((field) => !has(example, field.split(".")))).toEqual([]);
});

test("the example starts: its images, delegations and keys are there", async () => {
  const cloud = await startCloud(readSeed(exampleFile));
  const { store } = cloud.digitalOcean;
  await cloud.close();

  expect(store.registries[0]?.repositories.map(({ name }) => name)).toEqual(["shop/api"]);
  expect(Object.keys(store.delegations)).toEqual(["example.com", "example.net"]);
  expect(store.spaces).toEqual(["terraform-state"]);
  expect([...cloud.wasabi.account.users.keys()]).toEqual(["terraform", "uploader"]);
  expect(cloud.faults.take("digitalocean", "POST", "/v2/domains")?.kind).toBe("rate-limited");
});

test.each([
  ["no file", undefined, "a file that can be read"],
  ["no JSON", "{,}", "JSON: "],
  [
    "an image that says too little",
    JSON.stringify(withImage({ healthy: true, startSeconds: 1 })),
    "migration, unless the image is a program, and nothing is there",
  ],
  [
    "a program without a place",
    JSON.stringify(withImage({ program: { directory: "here", command: ["node"] } })),
    "the absolute path of a folder",
  ],
  ["a misspelt field", `{ "sped": 1 }`, "speed, programs, digitalOcean, wasabi, spaces, faults"],
])("%s is said with what was expected", (_case, written, expected) => {
  const directory = mkdtempSync(join(tmpdir(), "seed-"));
  const file = join(directory, "seed.json");
  if (written !== undefined) writeFileSync(file, written);
  expect(() => readSeed(file)).toThrow(InvalidSeed);
  expect(() => readSeed(file)).toThrow(expected);
  rmSync(directory, { recursive: true });
});
