import { silent } from "../../support/deploying.ts";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { staging } from "../../../environments/staging.ts";
import type { Session } from "../../../operations/context/session.ts";
import type { Variables } from "../../../operations/context/variables.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { changed, checked } from "../../support/environments.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { keep, worldOf } from "../verify/support/world.ts";

const options = { all: false, markdown: false, detailedExitcode: true, override: [] };
const withoutToken: Variables = { TF_VAR_better_stack_token: undefined };

let platform: TestPlatform;
let mend: () => void;

beforeAll(async () => {
  platform = await openDeployedPlatform("staging");
  await sealEnvironment(platform.session(), silent);
  mend = keep(platform);
}, 60_000);

afterEach(() => {
  mend();
});

afterAll(() => platform.end());

const planFile = async (session: Session, part: "app" | "data") => {
  const stacks = await synthesiseStacks(session);
  return join(stacks[part].directory, "plan");
};

test("a plan without the log token assumes that it stays, names it, and leaves no plan to apply", async () => {
  const session = platform.session(withoutToken);
  const { ok, exitCode, text, data } = await planEnvironment(session, options, silent);

  expect(text).toMatch(/^staging: no changes\.\n/);
  expect(text).toContain(
    "! BETTER_STACK_TOKEN (secrets-available)\n    expected  sealed or supplied\n",
  );
  expect(text).toContain("this plan assumes that it stays as the app has it");
  expect(text).toContain("fix       export TF_VAR_better_stack_token=…");
  expect([ok, exitCode]).toEqual([true, undefined]);
  expect(data).toMatchObject({ gate: { ok: true, findings: [{ id: "secrets-available" }] } });
  expect(existsSync(await planFile(session, "app"))).toBe(false);
});

test("a plan that adds a secret shows that it comes, in a table too, and nothing that could be applied", async () => {
  const session = platform.session(withoutToken);
  const config = checked(
    changed(({ logs }) => {
      logs.destination = { kind: "datadog", endpoint: "https://http-intake.logs.datadoghq.eu" };
    }, staging),
  );
  const added = { ...session, environment: { ...session.environment, config } };
  const { ok, exitCode, text } = await planEnvironment(
    added,
    { ...options, markdown: true },
    silent,
  );

  expect(text).toContain("| `staging-app` |  | 1 |  |  |");
  expect(text).toContain("DATADOG_API_KEY");
  expect(text).toContain("this plan assumes that some value comes or changes");
  expect(text).not.toContain("is not known to whoever plans");
  expect([ok, exitCode]).toEqual([true, 2]);
  expect(existsSync(await planFile(added, "app"))).toBe(false);
});

test("with every secret there is a plan to apply, and nothing is assumed", async () => {
  const session = platform.session();
  const { text } = await planEnvironment(session, options, silent);

  expect(text).not.toContain("secrets-available");
  expect(existsSync(await planFile(session, "app"))).toBe(true);
});

const command = [
  "node migrate.js\r",
  "::error::made in a console\r",
  "## heading for @team <img src=x> | `code`",
  "##[group]made in a console \u001b[2J\u202e",
].join("\n");

const mamPlan = async (...args: string[]) => {
  const [job] = worldOf(platform).app.spec.jobs!;
  Object.assign(job!, { run_command: command });
  const variables = Object.entries(platform.variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const { stdout, stderr } = await execa(
    "node",
    ["operations/mam.mjs", "plan", "staging", ...args],
    {
      env: Object.fromEntries(variables),
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
    },
  );
  return { stdout, everything: `${stdout}\n${stderr}` };
};

/** What a terminal obeys, and what GitHub's runner does. */
const deceives = /(?![\n\t])[\p{Cc}\p{Cf}]|^\s*::|##\[/mu;

test("what a person typed in a console cannot command a terminal or a CI service", async () => {
  const { stdout, everything } = await mamPlan();

  expect(stdout).toContain("run_command");
  expect(everything).toContain("made in a console");
  expect(everything).not.toMatch(deceives);
});

test("what a person typed in a console is no markup and no mention in a pull request", async () => {
  const { stdout, everything } = await mamPlan("--markdown");
  // Nothing in code is a mention, a heading or markup.
  const outside = stdout.replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, "");

  expect(stdout).toContain("@");
  expect(outside).not.toMatch(/@team|<img|\n## heading/);
  expect(everything).not.toMatch(deceives);
});

test("JSON for a program says what was typed, and is safe to be shown", async () => {
  const { stdout } = await mamPlan("--json");

  expect(JSON.parse(stdout)).toMatchObject({ ok: true, environment: "staging", changes: true });
  expect(stdout).toContain("made in a console");
  expect(stdout.replaceAll("\n", "")).not.toMatch(deceives);
});
