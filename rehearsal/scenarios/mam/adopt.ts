import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { transform } from "esbuild";

import { checkEnvironment } from "../../../environments/loading/check.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { Environment } from "../../../environments/loading/load.ts";
import { changedProject } from "../../harness/changed-project.ts";
import { endedWell } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import type { Harness } from "../../harness/rehearsal.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { withStorage } from "../../harness/wasabi-storage.ts";
import { type MadeByHand, makeByHand } from "../adoption/by-hand.ts";
import { allowDeployer } from "../adoption/deployer.ts";
import { rehearsedShape as shape } from "../adoption/shapes.ts";

/** A platform that was made in the control panel becomes an environment, without anything being made anew. */
export const adoptByHand: Scenario = {
  name: "adopt",
  title: "a platform that was made by hand is taken over by mam adopt",
  after: [],
  onDemand: true,
  async play(context) {
    const { cloud, interruption } = context;
    const { name } = cloud.environment.config;
    // A project of its own: files are written into it.
    const project = changedProject(context.project, name, (input) => input);
    try {
      await onFreshPlatforms(withZone(cloud.environment), project, interruption, (harness) =>
        takeOver(context, harness, project.directory),
      );
    } finally {
      project.remove();
    }
  },
};

const withZone = (environment: Environment): Environment => {
  const { config } = environment;
  return {
    ...environment,
    config: { ...config, domain: { ...config.domain, zone: shape.zone } },
  };
};

async function takeOver(
  { tell, expect }: ScenarioContext,
  harness: Harness,
  project: string,
): Promise<void> {
  const { cloud, context } = harness;
  const { wasabiRoot } = cloud.credentials;
  const mam = context.mam.about(shape.name);
  tell("making an app, clusters, buckets, a zone and a check by hand");
  const made = await byHand(harness);
  const file = (name: string) => join(project, "environments", name);
  const administrator = mam.withVariables({
    TF_VAR_wasabi_access_key: wasabiRoot.accessKeyId,
    TF_VAR_wasabi_secret_key: wasabiRoot.secretAccessKey,
  });
  const adopting = ["--from", cloud.environment.config.name, "--app", shape.spec.name];
  const line = [...adopting, ...(shape.options ?? [])];
  tell("mam adopt");
  const tried = await administrator.run("adopt", ...line, "--dry-run");
  expect("a dry run shows the file", endedWell(tried));
  expect("and writes none", !existsSync(file(`${shape.name}.ts`)));
  const since = cloud.requestLog.entries().length;
  const adopted = await administrator.run("adopt", ...line);
  expect("mam adopt ends well", endedWell(adopted));
  if (adopted.exitCode !== 0) return;
  expect("it asks the platforms and changes nothing on them", writes(harness, since));

  const config = await writtenConfig(file(`${shape.name}.ts`));
  await allowDeployer(cloud, config);
  expect("its states have a place", endedWell(await mam.run("state bootstrap")));
  tell("mam plan");
  const plan = await mam.run("plan");
  expect("mam plan says what is imported", /\d+ to import/.test(plan.stdout));
  expect("and replaces and destroys nothing", !/to (replace|destroy)/.test(plan.stdout));
  tell("mam deploy");
  expect("mam deploy takes it over", endedWell(await mam.run("deploy", "--yes")));
  expect(
    "app, network and clusters are the ones that were made by hand",
    await gone(harness, made),
  );
  const after = await mam.run("plan", "--detailed-exitcode");
  expect("mam plan then finds nothing to change", endedWell(after));
  expect("mam adopt finds nothing more to take over", endedWell(await mam.run("adopt")));
  const imports = join(harness.workspace.releases, `${shape.name}.imports.json`);
  expect("and takes away the list of what was imported", !existsSync(imports));
}

async function byHand({ cloud, context }: Harness): Promise<MadeByHand> {
  const made: MadeByHand[] = [];
  await withStorage(context, cloud.credentials.wasabiRoot, async (storage) => {
    made.push(await makeByHand({ cloud, api: context.api, storage }, shape));
  });
  const [one] = made;
  if (!one) throw new Error("nothing was made by hand");
  return one;
}

/** What was written to a platform since a moment. IAM is asked by POST, whatever it is asked. */
const writes = ({ cloud }: Harness, since: number): string[] =>
  cloud.requestLog
    .entries()
    .slice(since)
    .filter(({ method }) => method !== "GET" && method !== "HEAD")
    .filter(({ action = "" }) => !/^(iam:(Get|List)|sts:)/.test(action))
    .map(({ method, path, action = "" }) => `${method} ${path} ${action}`);

/** What was made by hand, and does not stand any more. */
async function gone({ context: { api } }: Harness, made: MadeByHand): Promise<string[]> {
  const [{ apps }, { databases }, { vpcs }] = await Promise.all([
    api.call("listApps", {}),
    api.call("listDatabases", {}),
    api.call("listVpcs", {}),
  ]);
  const ids = [...(apps ?? []), ...(databases ?? []), ...(vpcs ?? [])].map(({ id }) => id);
  const wanted = [made.app, ...made.clusters.values(), ...(made.vpc ? [made.vpc] : [])];
  return wanted.filter((id) => !ids.includes(id));
}

async function writtenConfig(file: string): Promise<EnvironmentConfig> {
  // It is TypeScript, as a person has it, and was written after this program was built.
  const { code } = await transform(readFileSync(file, "utf8"), { loader: "ts", format: "esm" });
  const exported: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const input: unknown = Reflect.get(Object(exported), shape.name);
  const { value, findings } = checkEnvironment(shape.name, file, input);
  if (!value) throw new Error(JSON.stringify(findings));
  return value;
}
