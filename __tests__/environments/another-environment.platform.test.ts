import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

import { environments } from "../../environments/index.ts";
import { loadEnvironments } from "../../environments/loading/load.ts";
import { childEnvironment } from "../../rehearsal/harness/child-environment.ts";
import { openHarness } from "../../rehearsal/harness/rehearsal.ts";

const page = readFileSync("docs/environments.md", "utf8");

/** The code of the page, in its order, by language, without the indentation of its list. */
function codeOf(language: string): string[] {
  const blocks = page.matchAll(
    new RegExp(`^ {3}\`\`\`${language}\\n([\\s\\S]*?)^ {3}\`\`\`$`, "gm"),
  );
  return [...blocks].map(([, code = ""]) => code.replaceAll(/^ {3}/gm, ""));
}

const [description = "", index = ""] = codeOf("ts");
const [initialise = "", synthesise = "", writePages = "", deploy = ""] = codeOf("sh");

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "mam-environment-"));
  for (const part of [
    ...["main.ts", "package.json", "package-lock.json", ".terraform-version", ".nvmrc"],
    ...["constructs", "environments", "monitoring", "operations", "packages/clients", "stacks"],
    "tsconfig.json",
  ]) {
    cpSync(part, join(copy, part), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

const inCopy = (line: string, variables: Readonly<Record<string, string>> = {}) =>
  execa("bash", ["-euc", line], {
    cwd: copy,
    env: { PATH: process.env.PATH ?? "", ...variables },
    extendEnv: false,
    reject: false,
    all: true,
  });

test("the page's environment is written as three stacks of its own", async () => {
  const written = await inCopy(initialise.replace("npx mam", "node operations/mam.mjs"));
  expect(written).toMatchObject({ exitCode: 0 });
  const read = (name: string) => readFileSync(join(copy, "environments", name), "utf8");
  expect(read("demo.ts")).toBe(description);
  expect(read("index.ts")).toBe(index);
  expect(read("demo.release.json")).toBe(read("staging.release.json"));
  const { exitCode, all } = await inCopy(synthesise);

  expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  for (const part of ["storage", "data", "app"]) {
    expect(existsSync(join(copy, `cdktf.out/stacks/demo-${part}/cdk.tf.json`))).toBe(true);
  }
  expect(existsSync(join(copy, "cdktf.out/stacks/staging-app"))).toBe(false);
  // Its pages are written by the scripts, of which the copy has none.
  expect(writePages.trim()).toBe("npm run docs");
}, 120_000);

test("the doctor finds nothing in the way of it, in accounts that were prepared as the page says", async () => {
  const { demo } = (await import(join(copy, "environments/demo.ts"))) as { demo: unknown };
  const [environment] = loadEnvironments({
    inputs: { ...environments, demo },
    only: "demo",
    directory: join(copy, "environments"),
  });
  const harness = await openHarness({
    project: copy,
    environment: environment!,
    providers: "embedded",
    faults: [],
    interruption: new AbortController().signal,
  });
  try {
    const { cloud, workspace, providers } = harness;
    const [doctor = "", deployment] = deploy.trim().split("\n");
    const { exitCode, all } = await inCopy(
      doctor.replace("npx mam", "node operations/mam.mjs"),
      childEnvironment(cloud, workspace, providers.source, "supplied"),
    );

    expect(deployment).toBe("npx mam deploy demo");
    expect(all).toMatch(/checks of demo: \d+ passed, \d+ skipped|checks of demo: \d+ passed/);
    expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  } finally {
    await harness.close(false);
  }
}, 120_000);
