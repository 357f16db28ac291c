import { signingKeyNames } from "../../../environments/schema/rotation.ts";
import { succeeded } from "../../harness/commands.ts";
import { lockKeys } from "../../harness/states.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { type GivenLink, containerVariable, follow, linkFromApi, whileFollowing } from "./links.ts";

/** Minutes that pass while a rotation waits: more than any session lives. */
const longerThanSessions = 91 * 24 * 60;

/** Every key that signs gets a successor, and nobody who was given a link or a session notices. */
export const rotateSigningKeys: Scenario = {
  name: "rotate-signing-keys",
  title: "new signing keys, without refusing a valid link",
  after: ["mam-deploy"],
  async play(context) {
    const { cloud, sealedMam, tell, expect } = context;
    const given = linkFromApi(cloud);
    const before = valuesOf(context);

    tell("mam secrets rotate signing-keys, while viewers follow links");
    const rotate = () => sealedMam.run("secrets rotate", "signing-keys", "--yes");
    const rotated = await whileFollowing(cloud, given, rotate);
    expect("mam secrets rotate ends well", succeeded(rotated.result));
    expect("no valid link was refused meanwhile", rotated.refused);
    expect("viewers were there all the time", rotated.followed > 50);
    const next = linkFromApi(cloud);
    expect("links are signed by the other slot", next.slot !== given.slot);

    tell("mam secrets rotate --retire, too early and in time");
    const early = await sealedMam.run("secrets rotate", "signing-keys", "--retire", "--yes");
    expect("retiring is refused as long as a link may be valid", early.exitCode === 1);
    expect("the old link is still accepted", (await follow(cloud, given)) === 200);
    await retire(context, given, next);
    const kept = Object.entries(valuesOf(context)).filter(
      ([name, value]) => before[name] === value,
    );
    expect(
      "every slot has a new value",
      kept.map(([name]) => name),
    );

    tell("mam plan and secrets check, without a secret supplied");
    const plan = await sealedMam.run("plan", "--detailed-exitcode");
    expect("mam plan finds nothing to change", succeeded(plan));
    expect("every secret is in order", succeeded(await sealedMam.run("secrets check")));
    expect("no lock is left behind", lockKeys(cloud));
  },
};

async function retire(context: ScenarioContext, given: GivenLink, next: GivenLink): Promise<void> {
  const { cloud, sealedMam, releases, expect } = context;
  releases.letWaitingPass(longerThanSessions);
  const command = () => sealedMam.run("secrets rotate", "signing-keys", "--retire", "--yes");
  const retired = await whileFollowing(cloud, next, command);
  expect("mam secrets rotate --retire ends well", succeeded(retired.result));
  expect("no link of the new key was refused meanwhile", retired.refused);
  expect("a link of the old key is refused", (await follow(cloud, given)) === 403);
  expect("a link of the new key is accepted", (await follow(cloud, next)) === 200);
}

function valuesOf({ cloud }: ScenarioContext): Readonly<Record<string, string>> {
  const names = signingKeyNames.flatMap((key) =>
    ["A", "B"].map((slot) => `${key.toUpperCase().replaceAll("-", "_")}_${slot}`),
  );
  return Object.fromEntries(names.map((name) => [name, containerVariable(cloud, "api", name)]));
}
