import { join } from "node:path";

import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import { endedWell } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import type { Harness } from "../../harness/rehearsal.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { operandsOf } from "../mam/images.ts";
import { type Account, accountOf, ownOf, touched } from "./account.ts";
import { atRest } from "./at-rest.ts";
import { makeForeign } from "./neighbours/foreign.ts";
import { takeDown } from "./teardown/take-down.ts";

/** What others have in the same accounts is never touched, whatever is done with an environment. */
export const neighbours: Scenario = {
  name: "neighbours",
  title: "a second environment and somebody else's resources in the same accounts stay as they are",
  after: [],
  onDemand: true,
  play: ({ cloud, project, interruption, ...context }) => {
    const beside = loadEnvironments({
      inputs: environments,
      directory: join(process.cwd(), "environments"),
    }).filter(({ config }) => config.name !== cloud.environment.config.name);
    return onFreshPlatforms(
      cloud.environment,
      project,
      interruption,
      (harness) => playNeighbours({ ...context, ...harness.context }, harness),
      undefined,
      beside,
    );
  },
};

/** Kinds of things that have to stand beside the environment, or the act would show nothing about them. */
const touchable = [
  "alert policy",
  "app",
  "bucket at Spaces",
  "bucket at Wasabi",
  "cluster",
  "network",
  "object",
  "project",
  "storage user",
  "tag",
  "uptime check",
  "zone",
];

function absentKinds(account: Account, { hcp }: ScenarioContext["cloud"]): string[] {
  const standing = [...account.keys()];
  return [...touchable, ...(hcp ? ["workspace"] : [])]
    .filter((kind) => !standing.some((what) => what.startsWith(`${kind} `)))
    .map((kind) => `no ${kind}`);
}

async function playNeighbours(context: ScenarioContext, harness: Harness): Promise<void> {
  const { cloud, mam, sealedMam, releases, tell, expect } = context;
  tell("a second environment, and what somebody else has under similar names");
  const [, second] = cloud.environments;
  const name = second?.config.name ?? "";
  const other = mam.about(name).withVariables({ MAM_ENVIRONMENT: name });
  const stands = await other.run("deploy", "--yes");
  expect(`mam deploy ${name} ends well`, endedWell(stands));
  if (stands.exitCode !== 0) return;
  await makeForeign(context);
  await atRest(context);
  const before = accountOf(cloud);
  expect("something of every kind stands beside it", absentKinds(before, cloud));

  const doing = async (what: string, action: () => Promise<unknown>) => {
    tell(what);
    await action();
    await atRest(context);
    expect(`${what} touches nothing of others`, othersTouched(context, before));
  };
  const well = async (what: string, action: () => ReturnType<typeof mam.run>) =>
    doing(what, async () => {
      const result = await action();
      expect(`${what} ends well`, endedWell(result));
      expect(`${what} names nothing of others`, namedIn(context, result.output));
    });

  await well("mam doctor", () => mam.run("doctor"));
  await well("mam deploy", () => mam.run("deploy", "--yes"));
  const good = releases.current();
  await doing("mam release and mam deploy", async () => {
    const next = releases.push();
    expect("mam release ends well", endedWell(await sealedMam.run("release", ...operandsOf(next))));
    expect("mam deploy ends well", endedWell(await sealedMam.run("deploy", "--yes")));
  });
  await well("mam rollback", () => sealedMam.run("rollback", "--yes"));
  expect(
    "the release before runs again",
    JSON.stringify(releases.current()) === JSON.stringify(good),
  );
  await well("mam secrets rotate", () =>
    sealedMam.run("secrets rotate", "storage-keys", "database-user", "--yes"),
  );
  await doing("mam secrets rotate --retire", async () => {
    const now = ["--retire", "--now", "played at once", "--yes"];
    const names = ["storage-keys", "database-user"];
    expect("it ends well", endedWell(await sealedMam.run("secrets rotate", ...names, ...now)));
  });
  await well("mam adopt", () => sealedMam.run("adopt"));
  await leaveOver(context, doing);
  await doing("the teardown", () => takeDown(context, harness));
}

/** An alert policy that no state knows any more, beside similar ones: its line takes it over, and nothing else. */
async function leaveOver(
  { sealedMam, sealedStacks, expect }: ScenarioContext,
  doing: (what: string, action: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await doing("taking a left-over into the state", async () => {
    await sealedStacks.diff("data");
    const address = "digitalocean_monitor_alert.postgres_alert_cpu";
    const forgotten = await sealedStacks.terraform("data", "state", "rm", address);
    expect("Terraform forgets an alert policy", endedWell(forgotten));
    expect("mam state import ends well", endedWell(await sealedMam.run("state import")));
    const plan = await sealedMam.run("plan", "--detailed-exitcode");
    expect("a plan finds nothing to change then", endedWell(plan));
  });
}

/** What is another than before, but for the deployer and the places that everybody writes into. */
function othersTouched({ cloud }: ScenarioContext, before: Account): string[] {
  const own = ownOf(cloud.environment.config);
  return touched(before, accountOf(cloud)).filter((line) => !own.test(line));
}

/** Names of others that a command prints. */
function namedIn({ cloud }: ScenarioContext, output: string): string[] {
  const { product, name } = cloud.environment.config;
  const found = output.match(new RegExp(`\\b${product}-${name}(2|-\\w+-2)\\b[^\\n]*`, "g"));
  return found ?? [];
}
