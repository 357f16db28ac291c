import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { changesBetween } from "../../../operations/review/synthesised-difference.ts";
import { ProductCopy } from "../../support/product-copy.ts";

const project = join(import.meta.dirname, "../../..");

let copy: ProductCopy;

const git = (...args: string[]) =>
  execa("git", ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", ...args], {
    cwd: copy.directory,
  });
const plan = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ["operations/mam.mjs", "plan", "staging", ...args],
    {
      cwd: copy.directory,
      env: { PATH: process.env.PATH ?? "" },
      extendEnv: false,
      reject: false,
    },
  );
  return { exitCode, stdout, stderr };
};
const change = (file: string, from: string, to: string) => {
  const path = join(copy.directory, file);
  const before = readFileSync(path, "utf8");
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
};

beforeAll(async () => {
  copy = await ProductCopy.of(project);
  await git("init", "--quiet");
  writeFileSync(join(copy.directory, ".git/info/exclude"), "node_modules\n");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "base");
}, 60_000);
afterAll(() => {
  copy.remove();
});
afterEach(() => git("checkout", "--quiet", "."));

test("files that say the same change nothing, without credentials and without Terraform", async () => {
  const { exitCode, stdout } = await plan("--against", "HEAD", "--detailed-exitcode");

  expect([exitCode, stdout]).toEqual([0, "staging: no changes."]);
}, 60_000);

test("what the files change is shown as a plan shows it, and what it means to users", async () => {
  change("environments/staging.release.json", '"api": "sha256:e6c6', '"api": "sha256:0000');
  change("environments/staging.ts", "pool: { size: 20 }", "pool: { size: 21 }");
  const { exitCode, stdout } = await plan("--against", "HEAD", "--markdown", "--detailed-exitcode");

  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^## What the files change in staging, against HEAD\n/);
  expect(stdout).toContain(
    "`spec.service[api].image.digest` sha256:e6c628bccb70… → sha256:000028bccb70…",
  );
  expect(stdout).toContain("`size` 20 → 21");
}, 60_000);

test("machines that the files ask for, and at the commit did not, are a fourth stack", async () => {
  change("environments/staging.ts", 'region: "nyc"', 'region: "tor"');
  change(
    "environments/staging.ts",
    "instances: { count: 1 } },",
    'instances: { count: 1 }, gpu: { size: "gpu-4000adax1-20gb", count: 1, reason: "Films of the archive are converted." } },',
  );
  const { stdout } = await plan("--against", "HEAD");

  expect(stdout).toMatch(/\nstaging-gpu\n/);
  expect(stdout).toContain(
    "+ create machine mam-staging-gpu-worker-1 (digitalocean_droplet.gpu_worker_1)",
  );
}, 60_000);

test("a commit that is not there is named, with how CI gets it", async () => {
  const { exitCode, stderr } = await plan("--against", "nowhere");

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /nowhere: there is no such commit in this checkout\n {2}fix: .*fetch-depth: 2/,
  );
});

test.each([
  ["--review", "review"],
  ["--override", "stateful=because"],
])("%s needs a plan, and is refused beside it", async (...option) => {
  const { exitCode, stderr } = await plan("--against", "HEAD", ...option);

  expect(exitCode).toBe(2);
  expect(stderr).toContain("--against compares files");
});

test("resources that come and go are named, and no value of a variable is shown", () => {
  const stack = (resource: object) => JSON.stringify({ resource });
  const app = (value: string) => ({
    digitalocean_app: {
      app: { spec: { name: "mam", service: [{ name: "api", env: [{ key: "A", value }] }] } },
    },
  });
  const changes = changesBetween(
    stack({ ...app("one-secret"), digitalocean_vpc: { network: { name: "a" } } }),
    stack({ ...app("two-secret"), digitalocean_domain: { zone: { name: "b" } } }),
  );

  expect(changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
    "change digitalocean_app.app",
    "destroy digitalocean_vpc.network",
    "create digitalocean_domain.zone",
  ]);
  expect(JSON.stringify(changes)).not.toMatch(/(one|two)-secret/);
  expect(JSON.stringify(changes)).toContain("env[A].value");
});
