import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { overridableRules } from "../../../operations/gate/rules.ts";
import { type ChangedProject, changedProject } from "../../harness/changed-project.ts";
import { says, endedWell } from "../../harness/commands.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { accountOf, touched, withoutLocks } from "./account.ts";
import { atRest } from "./at-rest.ts";
import { isDeployed, onOwnPlatforms } from "./own-platforms.ts";
import { type Danger, type Refusal, type Written, dangers } from "./protected/dangers.ts";

/** What would cost data, or open it, is refused before anything happens; the documented way goes through. */
export const isProtected: Scenario = {
  name: "protected",
  title: "destroying, replacing, lowering and opening are refused; the documented way goes through",
  after: [],
  onDemand: true,
  play: onOwnPlatforms(playProtected),
};

async function playProtected(context: ScenarioContext): Promise<void> {
  const { cloud, expect } = context;
  if (!(await isDeployed(context))) return;
  await atRest(context);
  const before = accountOf(cloud);
  for (const danger of dangers) await refuse(context, danger);
  expect("what is refused touches nothing", withoutLocks(touched(before, accountOf(cloud))));
  await shorten(context);
}

const plan = z.looseObject({
  gate: z.looseObject({
    findings: z.array(
      z.looseObject({
        id: z.string(),
        resource: z.string(),
        expected: z.string(),
        found: z.string(),
        fix: z.string(),
      }),
    ),
  }),
});

type Finding = z.infer<typeof plan>["gate"]["findings"][number];

async function refuse(context: ScenarioContext, danger: Danger): Promise<void> {
  const { tell, expect, sealedMam } = context;
  const project = projectWith(context, danger);
  try {
    const mam = sealedMam.of(project.directory);
    tell(`${danger.name}: mam plan`);
    const planned = await mam.run("plan", "--json");
    const judged = plan.safeParse(JSON.parse(planned.stdout));
    expect(
      `${danger.name} is planned, and refused`,
      judged.success && planned.exitCode === 1 ? [] : [planned.output],
    );
    const { findings } = judged.data?.gate ?? { findings: [] };
    for (const refused of danger.refused) {
      expect(
        `${refused.what} is refused by ${refused.rule}, with the way on`,
        missing(findings, refused),
      );
    }
    const rules = [...new Set(findings.map(({ id }) => id))].filter((id) =>
      overridableRules.includes(id),
    );
    const reasons = rules.flatMap((rule) => ["--override", `${rule}=a person wants it`]);
    const passed = await mam.run("plan", ...reasons);
    expect(
      danger.passesWithReasons
        ? `${danger.name} passes with a reason for each rule`
        : `${danger.name} passes with no reason: Terraform protects it`,
      (passed.exitCode === 0) === danger.passesWithReasons || [passed.output],
    );
  } finally {
    project.remove();
  }
}

function missing(findings: readonly Finding[], { rule, words }: Refusal): string[] {
  const texts = findings
    .filter(({ id, fix }) => id === rule && fix !== "")
    .map(({ resource, expected, found }) => `${resource}: ${expected}, ${found}`);
  return texts.some((text) => words.test(text))
    ? []
    : [`no finding of ${rule} says ${String(words)}`, ...texts];
}

/** The documented way: a reason that is recorded, and then it is so. */
async function shorten(context: ScenarioContext): Promise<void> {
  const { sealedMam, tell, expect } = context;
  const shorter = dangers.find(({ name }) => name === "lowering");
  const project = changedProject(
    context.project,
    context.cloud.environment.config.name,
    (input) => ({
      ...input,
      storage: { ...input.storage, backups: { objectLock: { mode: "GOVERNANCE", days: 1 } } },
    }),
  );
  try {
    const mam = sealedMam.of(project.directory);
    tell(`${shorter?.name ?? ""}: mam deploy with a reason`);
    const refused = await mam.run("deploy", "--yes");
    expect("a deployment is refused as the plan was", says(refused, 1, "bucket-protection"));
    const reason = "bucket-protection=dumps are kept elsewhere now";
    const passed = await mam.run("deploy", "--yes", "--override", reason);
    expect("with the reason it goes through", endedWell(passed));
    const after = await mam.run("plan", "--detailed-exitcode");
    expect("and is so afterwards", endedWell(after));
  } finally {
    project.remove();
  }
}

/** A copy of the project in which somebody wrote something dangerous. */
function projectWith(
  { cloud, project: played }: ScenarioContext,
  { change, written = [] }: Danger,
): ChangedProject {
  const { config } = cloud.environment;
  const project = changedProject(played, config.name, (input) =>
    change ? change(input, config) : input,
  );
  for (const one of written) write(project.directory, one);
  return project;
}

/** @throws Error when the place is not there any more: the danger would be none. */
function write(directory: string, { file, find, replace }: Written): void {
  const path = join(directory, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(find)) throw new Error(`${file} does not say ${find}`);
  writeFileSync(path, text.replace(find, replace));
}
