import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Session } from "../../../operations/context/session.ts";
import { generateSecrets } from "../../../operations/secrets/generate.ts";
import { anEnvironment } from "../../support/environments.ts";
import {
  aSealedEnvironment,
  anOfflineSession,
  everySupplied,
  everythingSealed,
} from "./support.ts";

const token = { BETTER_STACK_TOKEN: "the token of the log service" };
const quietly = { stdout: false, json: false };

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mam-secrets-"));
  execFileSync("git", ["init", "-q"], { cwd: project });
  writeFileSync(join(project, ".gitignore"), ".secrets/\n");
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

const aSession = (
  environment = anEnvironment(),
  supplied: Record<string, string> = token,
): Session => ({
  ...anOfflineSession(environment, supplied),
  project,
});

const defaultFile = () => join(project, ".secrets", "production.env");

test("every missing key gets 32 random bytes, in a file that only its owner reads", async () => {
  const outcome = await generateSecrets(aSession(), quietly);
  const lines = readFileSync(defaultFile(), "utf8").trimEnd().split("\n");

  expect(lines).toHaveLength(6);
  for (const line of lines) expect(line).toMatch(/^export TF_VAR_[a-z_]+_[ab]=[0-9a-f]{64}$/);
  expect(new Set(lines.map((line) => line.split("=")[1])).size).toBe(6);
  expect(statSync(defaultFile()).mode & 0o777).toBe(0o600);
  expect(statSync(join(project, ".secrets")).mode & 0o777).toBe(0o700);
  expect(outcome).toMatchObject({ ok: true, data: { file: defaultFile() } });
  expect(JSON.stringify(outcome)).not.toMatch(/[0-9a-f]{64}/);
});

test("a shell reads the file", async () => {
  await generateSecrets(aSession(), quietly);
  const script = `. ${defaultFile()} && printf %s "$TF_VAR_jwt_secret_a"`;

  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toMatch(/^[0-9a-f]{64}$/);
});

test("what is supplied or sealed is not made again", async () => {
  const supplied = { ...token, ...everySupplied };

  expect(await generateSecrets(aSession(anEnvironment(), supplied), quietly)).toMatchObject({
    ok: true,
    data: { generated: [], file: null },
  });
  expect(await generateSecrets(aSession(aSealedEnvironment()), quietly)).toMatchObject({
    data: { generated: [], file: null },
  });
});

test("a log service's credential and a key that others have sealed are not made up", async () => {
  const environment = anEnvironment(undefined, everythingSealed(undefined, "edge"));
  const outcome = await generateSecrets(aSession(environment, {}), quietly);

  expect(outcome.ok).toBe(false);
  expect(outcome.text).toContain("BETTER_STACK_TOKEN: the log service gives it out");
  expect(outcome.text).toContain("EDGE_SIGNING_KEY_A: other components have it sealed");
});

test("an existing file is left as it is", async () => {
  const file = join(tmpdir(), `mam-existing-${process.pid}.env`);
  writeFileSync(file, "mine");
  try {
    await expect(generateSecrets(aSession(), { ...quietly, file })).rejects.toThrow("exists");
    expect(readFileSync(file, "utf8")).toBe("mine");
  } finally {
    rmSync(file);
  }
});

test.each(["values.env", "notes/values.env"])(
  "%s, which git would take, is refused",
  async (file) => {
    await expect(generateSecrets(aSession(), { ...quietly, file })).rejects.toThrow(
      "git would take",
    );
    expect(() => statSync(join(project, file))).toThrow("ENOENT");
  },
);

test("a file outside of every repository is taken", async () => {
  const outside = mkdtempSync(join(tmpdir(), "mam-outside-"));
  const file = join(outside, "deep", "values.env");
  try {
    await generateSecrets(aSession(), { ...quietly, file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test("standard output gets the values only when they are asked for, alone", async () => {
  const { text } = await generateSecrets(aSession(), { stdout: true, json: false });

  expect(text.split("\n").filter((line) => line.startsWith("export "))).toHaveLength(6);
  expect(() => statSync(defaultFile())).toThrow("ENOENT");
  await expect(generateSecrets(aSession(), { stdout: true, json: true })).rejects.toThrow(
    "--stdout goes alone",
  );
});
