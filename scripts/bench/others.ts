import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { staging } from "../../environments/staging.ts";
import { childEnvironment } from "../../rehearsal/harness/child-environment.ts";
import { costOf } from "./cost.ts";
import { type Measured, median } from "./measured.ts";
import { copyProject } from "./project-copy.ts";
import { onPlatforms } from "./rehearsed.ts";

/** Environments of the larger project. */
const many = 100;

/** Plans of each project: enough for a stable median. */
const plans = 5;

/** The CPU of a plan of one environment in which nothing changes: where there are a hundred, beside where there is no other. */
export async function othersOfPlan(interruption: AbortSignal): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), "mam-infra-bench-"));
  try {
    const projects = [1, many].map((count) => projectOf(join(directory, `${count}`), count));
    const [alone = NaN, among = NaN] = await plansOf(projects, interruption);
    return {
      ...{ what: `\`mam plan\` of one of ${many} environments, CPU`, unit: "s", now: among },
      reference: { what: "of the only one", value: alone },
      limit: { of: "reference", most: 1.1 },
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The medians of plans in several projects, which are made in turns of the same platforms. */
function plansOf(projects: readonly string[], interruption: AbortSignal): Promise<number[]> {
  return onPlatforms(process.cwd(), interruption, async ({ mam, harness }) => {
    await mam(["deploy"], ["--yes"]);
    const { cloud, workspace, providers } = harness;
    const env = childEnvironment(cloud, workspace, providers.source, "sealed");
    const taken = projects.map((): number[] => []);
    // The first of each builds its program.
    for (let turn = 0; turn <= plans; turn += 1) {
      for (const [index, project] of projects.entries()) {
        const line = ["node", join(project, "operations/mam.mjs"), "plan", staging.name] as const;
        const { cpu } = await costOf(line, join(workspace.root, "../.."), env);
        if (turn > 0) taken[index]?.push(cpu);
      }
    }
    return taken.map(median);
  });
}

/** A project with so many environments, each with all that a file says. */
function projectOf(directory: string, count: number): string {
  copyProject(directory);
  const others = Array.from({ length: count - 1 }, (_, index) => `other${index}`);
  for (const [index, name] of others.entries()) {
    const text = `export const ${name} = ${JSON.stringify(inputOf(name, index))} as const;\n`;
    writeFileSync(join(directory, "environments", `${name}.ts`), text);
  }
  const names = [staging.name, ...others];
  const lines = names.map((name) => `import { ${name} } from "./${name}.ts";\n`);
  const list = `export const environments = { ${names.join(", ")} };\n`;
  writeFileSync(join(directory, "environments/index.ts"), `${lines.join("")}${list}`);
  return directory;
}

function inputOf(name: string, index: number) {
  const host = `${name}.northlight.example`;
  const domain = { zone: host, appHost: `mam.${host}`, mediaHost: `media.${host}` };
  return {
    ...staging,
    name,
    network: { ...staging.network, vpcCidr: `10.200.${index}.0/24` },
    storage: { ...staging.storage, bucketPrefix: `northlight-mam-${name}` },
    domain: { ...staging.domain, ...domain },
  };
}
