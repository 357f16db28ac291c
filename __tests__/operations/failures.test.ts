import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

/** A copy of the project whose files may be broken. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "mam-failures-"));
  for (const part of [
    "main.ts",
    "package.json",
    "package-lock.json",
    "constructs",
    "monitoring",
    "environments",
    "stacks",
    "operations",
    "packages/clients",
  ]) {
    cpSync(part, join(project, part), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent" };

const mam = async (args: readonly string[], variables: Record<string, string> = {}) => {
  const run = await execa("node", [join(project, "operations/mam.mjs"), ...args], {
    cwd: project,
    env: { ...env, ...variables },
    extendEnv: false,
    reject: false,
  });
  return { exitCode: run.exitCode, stdout: run.stdout, stderr: run.stderr };
};

/** Breaks a file while something is done. */
async function broken<T>(
  path: string,
  from: string,
  to: string,
  act: () => Promise<T>,
): Promise<T> {
  const file = join(project, path);
  const valid = readFileSync(file, "utf8");
  expect(valid).toContain(from);
  writeFileSync(file, valid.replace(from, to));
  try {
    return await act();
  } finally {
    writeFileSync(file, valid);
  }
}

test.each([
  ["an unknown command", ["plam", "staging", "--json"], "unknown command 'plam'"],
  ["an unknown option", ["plan", "staging", "--json", "--markdwon"], "unknown option '--markdwon'"],
  ["a missing argument", ["plan", "--json"], "missing required argument 'environment'"],
  ["an argument too many", ["plan", "staging", "production", "--json"], "too many arguments"],
  ["an option without its value", ["plan", "staging", "--json", "--override"], "argument missing"],
])(
  "%s is an error of usage, as JSON on standard output and as text on standard error",
  async (_, args, said) => {
    const { exitCode, stdout, stderr } = await mam(args);
    const data: unknown = JSON.parse(stdout);

    expect(data).toEqual({
      ok: false,
      error: { kind: "usage", message: expect.stringContaining(said), findings: [] },
    });
    expect(stderr).toContain("error: ");
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  },
);

test("asked for its version, mam says the one of package.json", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(await mam(["--version"])).toEqual({ exitCode: 0, stdout: version, stderr: "" });
});

test("without --json an error of usage leaves standard output empty", async () => {
  expect(await mam(["plan", "staging", "--markdwon"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "error: unknown option '--markdwon'\n(Did you mean --markdown?)",
  });
});

test("an unknown environment and files with findings are errors of configuration, with each finding", async () => {
  const unknown = await mam(["plan", "stagin", "--json"]);

  expect(JSON.parse(unknown.stdout)).toEqual({
    ok: false,
    error: {
      kind: "configuration",
      message: "1 findings in the environments",
      findings: [
        expect.objectContaining({
          value: '"stagin"',
          expected: expect.stringContaining("did you mean staging?"),
        }),
      ],
    },
  });
  expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining("1 finding.")]);

  const release = "environments/staging.release.json";
  const found = await broken(release, '"sha256:', '"sha255:', () =>
    mam(["status", "staging", "--json"]),
  );

  expect(JSON.parse(found.stdout)).toMatchObject({
    ok: false,
    error: { kind: "configuration", findings: [{ file: release, path: "images.frontend" }] },
  });
});

test("a missing credential is an error of configuration that says where it is made", async () => {
  const { exitCode, stdout } = await mam(["plan", "staging", "--json"]);

  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { kind: "configuration", message: expect.stringContaining("make one"), findings: [] },
  });
  expect(exitCode).toBe(2);
});

test("a missing comma in an environment's file is an error of configuration, with file, line and column", async () => {
  const { exitCode, stdout, stderr } = await broken(
    "environments/staging.ts",
    'tier: "staging",',
    'tier: "staging"',
    () => mam(["status", "staging", "--json"]),
  );

  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    error: {
      kind: "configuration",
      findings: [{ file: expect.stringMatching(/^environments\/staging\.ts:\d+:3$/) }],
    },
  });
  expect(stderr).toContain('is not readable: Expected "}" but found');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(2);
});

test("an environment's file with another export is what is named, and not who imports it", async () => {
  const [file, from, to] = ["environments/staging.ts", "const staging:", "const stagin:"] as const;
  const { exitCode, stdout } = await broken(file, from, to, () =>
    mam(["status", "staging", "--json"]),
  );

  expect(JSON.parse(stdout)).toMatchObject({
    error: {
      kind: "configuration",
      findings: [
        {
          file: "environments/staging.ts",
          value: "without staging",
          expected: "export const staging: EnvironmentInput = { … }",
          fix: expect.stringContaining("git checkout -- environments/staging.ts"),
        },
      ],
    },
  });
  expect(exitCode).toBe(2);
});

test("an environment's file with nothing in it is named so", async () => {
  const file = join(project, "environments/staging.ts");
  const valid = readFileSync(file, "utf8");
  writeFileSync(file, "");
  const { exitCode, stderr } = await mam(["cost", "staging"]);
  writeFileSync(file, valid);

  expect(stderr).toMatch(
    /^environments\/staging\.ts is without the export that environments\/index\.ts imports\n/,
  );
  expect(exitCode).toBe(2);
});

test("an environment's file that cannot be read is a finding, and no stack of Node.js", async () => {
  const file = join(project, "environments/staging.ts");
  const valid = readFileSync(file, "utf8");
  rmSync(file);
  // Whoever runs this may read everything; nobody can read a link to itself.
  symlinkSync(file, file);
  const { exitCode, stdout, stderr } = await mam(["status", "staging", "--json"]);
  rmSync(file);
  writeFileSync(file, valid);

  expect(JSON.parse(stdout)).toMatchObject({
    error: {
      kind: "configuration",
      findings: [{ file: "environments/staging.ts", value: "not readable: ELOOP" }],
    },
  });
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(2);
});

test("a release cannot be watched where service levels are switched off, and both ways out are said", async () => {
  const off =
    'monitoring: { objectives: { enabled: false, disabledReason: "Nobody looks before the launch." } },';
  const [file, tier] = ["environments/staging.ts", 'tier: "staging",'] as const;
  const { exitCode, stderr } = await broken(file, tier, `${tier} ${off}`, () =>
    mam(["deploy", "staging", "--yes", "--analyse", "10m"]),
  );

  expect(stderr).toBe(
    "--analyse watches service levels, which are switched off: Nobody looks before the launch.\n  fix: set monitoring.objectives.enabled: true, or leave --analyse out",
  );
  expect(exitCode).toBe(2);
});

test("a history that cannot be read keeps nobody from going back: the way that needs none is said", async () => {
  const ledger = join(project, "terraform.staging.ledger.json");
  mkdirSync(ledger);
  const backend = 'backend: { kind: "spaces", bucket: "northlight-mam-terraform-state-staging" }';
  const { exitCode, stderr } = await broken(
    "environments/staging.ts",
    backend,
    'backend: { kind: "local" }',
    () => mam(["rollback", "staging", "--yes"]),
  );
  rmSync(ledger, { recursive: true });

  expect(stderr).toMatch(
    /^The ledger cannot be read: EISDIR: .*\nWithout it: mam rollback staging --emergency$/,
  );
  expect(exitCode).toBe(1);
});

test("a result that could not be written is a failure, and said", async () => {
  const { exitCode, stderr } = await execa(
    "sh",
    ["-c", 'exec node "$0" cost staging --json > /dev/full', join(project, "operations/mam.mjs")],
    { cwd: project, env, extendEnv: false, reject: false },
  );

  expect(stderr).toBe(
    "The result was not written: ENOSPC: no space left on device, write\n  fix: free space where standard output goes, then the same command again",
  );
  expect(exitCode).toBe(1);
});

test("no secret that was typed is repeated by an error", async () => {
  const secret = "typed-in-the-wrong-place";
  const { stdout, stderr } = await mam(["plan", "staging", `--${secret}`, "--json"], {
    DIGITALOCEAN_TOKEN: secret,
  });

  expect(`${stdout}${stderr}`).not.toContain(secret);
  expect(JSON.parse(stdout)).toMatchObject({ error: { message: "unknown option '--(secret)'" } });
});

test("a pipe that is closed changes neither the exit code nor what is said on standard error", async () => {
  const child = spawn("node", [join(project, "operations/mam.mjs"), "plan", "stagin", "--json"], {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  const told: Buffer[] = [];
  child.stderr.on("data", (text: Buffer) => told.push(text));
  const [exitCode] = (await once(child, "close")) as [number];

  expect(exitCode).toBe(2);
  expect(Buffer.concat(told).toString()).toMatch(/^environment: name is "stagin"[^]*\n1 finding\./);
  expect(Buffer.concat(told).toString()).not.toContain("EPIPE");
});
