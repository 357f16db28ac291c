import { fingerprint } from "../../../operations/secrets/seal.ts";
import { stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { fail, succeed } from "../../support/recorded/platform.ts";
import { type World, effectsOf, hasState, openWorld } from "../../support/recorded/world.ts";
import { deploy, deployed, storage, data, app } from "./support/changed-world.ts";

// Terraform has nothing to change in what is deployed.

let world: World;
let said: string[];

beforeEach(() => {
  world = openWorld({ environment: deployed });
  for (const kind of stackKinds) hasState(world, kind);
  const { platform } = world;
  const { postgres } = platform.observed;
  const users = postgres!.users.map((user) => ({
    ...user,
    password: `the password of ${user.name}`,
  }));
  platform.observed = { ...platform.observed, postgres: { ...postgres!, users } };
  said = [];
});
afterEach(() => world.close());

const asked = () =>
  deploy(world, {
    confirm: (text) => {
      said.push(text);
      return world.confirm(true)(text);
    },
  });

const planned = ["doctor", ...[app, data, storage].map((stack) => `terraform plan ${stack}`)];
const ended = ["verifying", "ledger: succeeded"];

test("nobody is asked and nothing is applied; the app is verified and recorded all the same", async () => {
  const result = await asked();

  expect(effectsOf(world)).toEqual([
    ...planned,
    "ledger: running",
    "waiting for the release to run",
    ...ended,
  ]);
  expect(result).toMatchObject({
    ok: true,
    entry: { deployment: "deployment", stacks: { app: { outcome: "unchanged" } } },
  });
  // Which passwords an older deployment took is not known by what they are now.
  expect(result.entry).not.toHaveProperty("passwords");
});

test("an app that does not run the release, as after a failure, is deployed again", async () => {
  fail(world.platform, deployed, { id: "second" });
  world.platform.answers.createDeployment = () => {
    succeed(world.platform, deployed, "third");
    return { deployment: { id: "third" } };
  };
  const result = await asked();

  expect(said.join("")).toContain(
    "the app is deployed again, although Terraform has nothing to change in it\n  it does not run the release\n",
  );
  expect(effectsOf(world)).toEqual([
    ...planned,
    "asks whether to go on",
    "ledger: running",
    "waiting for the release to run",
    "DigitalOcean createDeployment",
    ...ended,
  ]);
  const passwords = { "mam_app of PostgreSQL": fingerprint("the password of mam_app") };
  expect(result).toMatchObject({ ok: true, entry: { deployment: "third", passwords } });
});

test("an app that runs something else without a failure is no success", async () => {
  fail(world.platform, deployed, { id: "second", phase: "SUPERSEDED" });
  world.platform.observed = {
    ...world.platform.observed,
    app: { ...world.platform.observed.app!, active_deployment: null },
  };
  world.platform.answers.createDeployment = () => ({ deployment: { id: "third" } });
  const result = await asked();

  expect(effectsOf(world).slice(-1)).toEqual(["ledger: failed"]);
  expect(result.text).toContain(
    "the release does not run, and no deployment of it failed: mam verify says more",
  );
});

test("alerts that go to somebody else are told where to go", async () => {
  const { platform } = world;
  const recipients = [...deployed.config.alerting.recipients];
  const [alert] = platform.observed.appAlerts;
  platform.observed = {
    ...platform.observed,
    appAlerts: [{ ...alert!, emails: ["owner@northlight.example"] }],
  };
  platform.answers.updateAppAlertDestinations = ({ of, body }) => {
    expect([of.alert_id, body]).toEqual(["alert", { emails: recipients, slack_webhooks: [] }]);
    platform.observed = { ...platform.observed, appAlerts: [alert!] };
    return { alert: alert! };
  };
  await asked();

  expect(said.join("")).toContain(
    `alerts of the app that will go to ${recipients.join()}\n  DEPLOYMENT_FAILED of the app, which goes to owner@northlight.example\n`,
  );
  expect(effectsOf(world)).toEqual([
    ...planned,
    "asks whether to go on",
    "ledger: running",
    "waiting for the release to run",
    "DigitalOcean updateAppAlertDestinations",
    ...ended,
  ]);
  expect(world.journal.lines()).toContain(
    `  waiting for the release to run: DEPLOYMENT_FAILED of the app goes to ${recipients.join()} now`,
  );
});

test("what says what was deployed last is left out, and what stands otherwise is planned", async () => {
  await asked();
  await asked();

  expect(effectsOf(world).slice(planned.length + 4)).toEqual([
    "doctor",
    "terraform plan production-app",
    "ledger: running",
    "waiting for the release to run",
    ...ended,
  ]);
  expect(world.entries().at(-1)?.stacks.data?.outcome).toBe("not planned");

  const { postgres } = world.platform.observed;
  world.platform.observed = { ...world.platform.observed, postgres: { ...postgres!, users: [] } };
  const before = effectsOf(world).length;
  await asked();

  expect(effectsOf(world).slice(before, before + 3)).toEqual([
    "doctor",
    "terraform plan production-app",
    "terraform plan production-data",
  ]);
});
