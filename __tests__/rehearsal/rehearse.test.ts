import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { execa } from "execa";

import { environments } from "../../environments/index.ts";

const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1" };

const rehearse = (args: readonly string[], variables: NodeJS.ProcessEnv) =>
  execa("node", ["--import", "tsx", "rehearsal/rehearse.ts", ...args], {
    env: { ...env, ...variables },
    extendEnv: false,
    reject: false,
  });

const refusals = [
  { args: ["--acts", "depoly"], why: /^Unknown act "depoly", expected one of: deploy, / },
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

test("the cloud prints what to paste for every environment, answers there, and Ctrl-C ends it well", async () => {
  const cloud = spawn("node", ["--import", "tsx", "rehearsal/keep-cloud.ts"], { env });
  const printed = await textUntil(cloud, "Ctrl-C ends it.");
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

  cloud.kill("SIGINT");
  expect(await once(cloud, "exit")).toEqual([0, null]);
});

function textUntil(child: ChildProcess, end: string): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stdout!.on("data", (part) => {
      text += String(part);
      if (text.includes(end)) resolve(text);
    });
    child.once("exit", () => {
      reject(new Error(`the process ended after: ${text}`));
    });
  });
}
