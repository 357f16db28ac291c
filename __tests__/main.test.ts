import { spawnSync } from "node:child_process";
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
import { join } from "node:path";

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "mam-infra-"));
  const parts = ["main.ts", "package.json", "constructs", "environments", "monitoring", "stacks"];
  for (const part of parts) {
    cpSync(part, join(project, part), { recursive: true });
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(project, "node_modules"));
  mkdirSync(join(project, "cdktf.out"));
  writeFileSync(join(project, "cdktf.out/manifest.json"), "the previous output");
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

const synth = (...names: string[]) => {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  return spawnSync("node", ["--import", "tsx", "main.ts", ...names], {
    cwd: project,
    env,
    encoding: "utf8",
  });
};

const mistakes: readonly [from: string, to: string][] = [
  ['vpcCidr: "10.120.0.0/20"', 'vpcCidr: "10.244.0.0/20"'],
  ["nodes: 2,\n    pool: { size: 100 }", "nodes: 2,\n    pool: { size: 500 }"],
  [
    'size: "apps-s-1vcpu-1gb", instances: { count: 2 }',
    'size: "apps-s-1vcpu-9gb", instances: { count: 2 }',
  ],
  ['mediaHost: "media.northlight.example"', 'mediaHost: "media.elsewhere.example"'],
  ['kind: "better-stack"', 'kind: "syslog"'],
];

test("five mistakes are five findings, and the previous output is left alone", () => {
  const file = join(project, "environments/production.ts");
  const valid = readFileSync(file, "utf8");
  const broken = mistakes.reduce((text, [from, to]) => text.replace(from, to), valid);
  writeFileSync(file, broken);
  const { status, stdout, stderr } = synth();
  writeFileSync(file, valid);

  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  expect(stderr.match(/^environments\/production\.ts: \S+/gm)).toEqual([
    "environments/production.ts: services.frontend.size",
    "environments/production.ts: logs.destination.kind",
    "environments/production.ts: network.vpcCidr",
    "environments/production.ts: database.pool.size",
    "environments/production.ts: domain.mediaHost",
  ]);
  expect(readFileSync(join(project, "cdktf.out/manifest.json"), "utf8")).toBe(
    "the previous output",
  );
});

test("an unknown environment lists the known ones, and is not production", () => {
  const { status, stdout, stderr } = synth("prodution");

  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("one of production, staging");
  expect(readFileSync(join(project, "cdktf.out/manifest.json"), "utf8")).toBe(
    "the previous output",
  );
});

test("one environment can be written by name, and the files are listed", () => {
  const { status, stdout } = synth("staging");

  expect(status).toBe(0);
  expect(stdout.trim().split("\n")).toEqual([
    "cdktf.out/stacks/staging-storage/cdk.tf.json",
    "cdktf.out/stacks/staging-data/cdk.tf.json",
    "cdktf.out/stacks/staging-app/cdk.tf.json",
  ]);
});

test("a missing comma is a finding with file, line and column, and the line itself", () => {
  const file = join(project, "environments/production.ts");
  const valid = readFileSync(file, "utf8");
  const broken = valid.replace('tier: "production",', 'tier: "production"');
  writeFileSync(file, broken);
  const { status, stdout, stderr } = synth();
  writeFileSync(file, valid);

  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(
    /^environments\/production\.ts:\d+:3 is not readable: Expected "}" but found "network"\n.*\n {2}fix {7}correct line \d+, or the one before it: network: \{/,
  );
  expect(stderr).not.toMatch(/^\s+at |node_modules/m);
});

test("a name that an environment's file does not know is a finding too", () => {
  const file = join(project, "environments/production.ts");
  const valid = readFileSync(file, "utf8");
  writeFileSync(file, valid.replace('tier: "production"', "tier: production_"));
  const { status, stderr } = synth();
  writeFileSync(file, valid);

  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^environments\/production\.ts:\d+:\d+ is not readable: ReferenceError: production_ is not defined/,
  );
  expect(stderr).not.toMatch(/^\s+at |node_modules/m);
});

test("a JSON file that is none says from which line and column on", () => {
  const file = join(project, "environments/staging.release.json");
  const valid = readFileSync(file, "utf8");
  writeFileSync(file, valid.replace('",\n', '"\n'));
  const { status, stderr } = synth();
  writeFileSync(file, valid);

  expect(status).toBe(1);
  expect(stderr).toMatch(/^environments\/staging\.release\.json:4:\d is not JSON from there on/);
});
