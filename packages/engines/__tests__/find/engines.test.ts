import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findEngines, lacking, skipReason } from "../../src/find/engines.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "mam-find-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function aProgram(name: string, output: string, code = 0): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `#!/bin/sh\necho '${output}'\nexit ${code}\n`);
  await chmod(path, 0o755);
  return path;
}

const find = (only: Parameters<typeof findEngines>[0] & object) =>
  findEngines({ environment: { PATH: directory, MAM_ENGINES_CACHE: directory }, ...only });

test("a program on the PATH is found with its version", async () => {
  const program = await aProgram("chromium", "Chromium 156.0.8078.108 built on Debian");
  expect((await find({ only: ["chromium"] })).found.chromium).toEqual({
    program,
    version: "156.0.8078.108",
    origin: "PATH",
    environment: {},
  });
});

test("Redis serves where there is no Valkey", async () => {
  await aProgram("redis-server", "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc");
  expect((await find({ only: ["valkey"] })).found.valkey).toMatchObject({ version: "7.0.15" });
});

test("what is missing is reported with the line that brings it, and is no error", async () => {
  const { found, missing } = await find({ only: ["chromium"] });
  expect(found).toEqual({});
  expect(missing).toHaveLength(1);
  expect(missing[0]).toMatchObject({
    engine: "chromium",
    missing: "Chromium is not on the PATH, and CHROMIUM_PATH names none",
  });
  expect(missing[0]!.line).toMatch(/^(?:apt-get|brew) install .*chromium$/);
});

test("a program that does not run is missing, with what it said", async () => {
  await aProgram("chromium", "GLIBC_2.38 not found", 1);
  const { missing } = await find({ only: ["chromium"] });
  expect(missing[0]!.missing).toMatch(/Command failed: .*chromium --version/);
});

test("where a person names a program that does not run, nothing else is taken in its place", async () => {
  await aProgram("chromium", "Chromium 1.2.3.4");
  const broken = join(directory, "nowhere");
  const environment = { PATH: directory, CHROMIUM_PATH: broken };
  const { found, missing } = await findEngines({ only: ["chromium"], environment });
  expect(found).toEqual({});
  expect(missing[0]!.missing).toContain(broken);
});

const nothing = {
  found: {},
  missing: [{ engine: "nginx", missing: "no nginx", line: "get it" }],
} as const;

test("what is lacking is one line, and nothing when it is not needed", () => {
  expect(lacking(nothing, ["nginx", "ffmpeg"])).toBe("no nginx: get it");
  expect(lacking(nothing, ["ffmpeg"])).toBeUndefined();
});

test("a lack is an error where everything is required, else a reason to skip", () => {
  const before = process.env.MAM_REQUIRE_ENGINES;
  try {
    delete process.env.MAM_REQUIRE_ENGINES;
    expect(skipReason(nothing, ["nginx"])).toBe("no nginx: get it");
    process.env.MAM_REQUIRE_ENGINES = "1";
    expect(() => skipReason(nothing, ["nginx"])).toThrow("no nginx: get it");
  } finally {
    if (before === undefined) delete process.env.MAM_REQUIRE_ENGINES;
    else process.env.MAM_REQUIRE_ENGINES = before;
  }
});
