import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

import { environments } from "../../environments/index.ts";

const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1" };

const rehearse = (args: readonly string[], variables: NodeJS.ProcessEnv) =>
  execa("node", ["rehearsal/start.mjs", "rehearse", ...args], {
    env: { ...env, ...variables },
    extendEnv: false,
    reject: false,
  });

const refusals = [
  { args: ["--acts", "depoly"], why: /^Unknown scenario "depoly", expected one of: deploy, / },
  { args: ["prodution"], why: /one of production, staging/ },
  { args: ["--fats"], why: /unknown option '--fats'/ },
  {
    args: [],
    variables: { DIGITALOCEAN_TOKEN: "dop_v1_real" },
    why: /fix: env -u DIGITALOCEAN_TOKEN/,
  },
];

test("what is not understood, or would be dangerous, ends a rehearsal before it begins, with exit code 2", async () => {
  const ended = await Promise.all(
    refusals.map(({ args, variables = {} }) => rehearse(args, variables)),
  );

  ended.forEach(({ exitCode, stdout, stderr }, index) => {
    expect(stderr).toMatch(refusals[index]!.why);
    expect(stderr).not.toMatch(/dop_v1_real|\bat .*:\d+:\d+/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });
});

describe("the cloud that is kept running", () => {
  const project = emptyProject();
  let cloud: ChildProcess;
  let printed: string;
  beforeAll(async () => {
    cloud = keepCloud(project);
    printed = await textUntil(cloud, "Ctrl-C ends it.");
  });
  afterAll(() => {
    rmSync(project, { recursive: true });
  });

  test("prints what to paste for every environment, and answers there", async () => {
    const [, state = ""] = /curl (http:\/\/127\.0\.0\.1:\d+\/__state)/.exec(printed) ?? [];

    expect(printed).toContain("export DIGITALOCEAN_TOKEN='dop_v1_");
    expect((await fetch(state)).status).toBe(200);
    // With it, a synthesis would write the stacks of one environment only.
    expect(printed).not.toContain("MAM_ENVIRONMENT");

    const [, address = ""] = /to look at: (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(printed) ?? [];
    const page = await fetch(address);
    const shown = await page.text();
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    for (const [tag] of printed.matchAll(/^ {2}v\d\S+/gm)) expect(shown).toContain(tag.trim());
    for (const name of Object.keys(environments)) expect(shown).toContain(name);
    for (const [, secret = ""] of printed.matchAll(
      /^export \w*(?:TOKEN|SECRET|TF_VAR_)\w*='(.+)'$/gm,
    )) {
      expect(shown).not.toContain(secret);
    }
  });

  test("is one to a project, and knows nothing of another project's", async () => {
    const elsewhere = emptyProject();
    const [second, other] = [keepCloud(project), keepCloud(elsewhere)];

    await expect(textUntil(second, "Ctrl-C ends it.")).rejects.toThrow(
      `Another rehearsal of cloud is running (process ${cloud.pid}).`,
    );
    await textUntil(other, "Ctrl-C ends it.");
    await end(other);
    rmSync(elsewhere, { recursive: true });
  });

  test("ends well with Ctrl-C, and leaves nothing", async () => {
    await end(cloud);

    expect(readdirSync(join(project, ".rehearsal"))).toEqual([]);
  });
});

/** A directory with what the cloud reads of a project: a person's own cloud may be running in this one. */
function emptyProject(): string {
  const project = mkdtempSync(join(tmpdir(), "mam-cloud-"));
  mkdirSync(join(project, "environments"));
  for (const name of Object.keys(environments)) {
    const release = `environments/${name}.release.json`;
    cpSync(release, join(project, release));
  }
  return project;
}

const program = resolve("rehearsal/start.mjs");

function keepCloud(project: string): ChildProcess {
  return spawn("node", [program, "keep-cloud"], { cwd: project, env });
}

async function end(cloud: ChildProcess): Promise<void> {
  cloud.kill("SIGINT");
  expect(await once(cloud, "exit")).toEqual([0, null]);
}

/** What a process printed, once a text is among it. @throws with all of it when the process ends before. */
function textUntil(child: ChildProcess, text: string): Promise<string> {
  let printed = "";
  return new Promise((found, failed) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on("data", (part) => {
        printed += String(part);
        if (printed.includes(text)) found(printed);
      });
    }
    child.once("close", () => {
      failed(new Error(`the process ended after: ${printed}`));
    });
  });
}
