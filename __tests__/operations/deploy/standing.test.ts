import { lookAtStanding } from "../../../operations/deploy/standing.ts";
import { anEnvironment } from "../../support/environments.ts";
import { refusedBy } from "../../support/recorded/digitalocean.ts";
import { anEmptyWasabi } from "../../support/recorded/wasabi.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";

let world: World;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

const title = "asking what stands of the other stacks";
const told = () => world.journal.lines().filter((line) => line.startsWith(`  ${title}: `));

test("nobody is asked where every stack is planned anyway", async () => {
  expect(await lookAtStanding(world.session, [], world.progress)).toEqual({
    known: {},
    differences: {},
  });
  expect(world.journal.lines()).toEqual([]);
});

test("data that stands as configured is known, and differs in nothing", async () => {
  const { known, differences } = await lookAtStanding(world.session, ["data"], world.progress);

  expect(differences).toEqual({ data: [] });
  expect(known.data?.postgres?.cluster.id).toBe("pg");
  expect(told()).toEqual([]);
});

test("what a plan would put right is said, and what has a remedy of its own is not", async () => {
  const { postgres } = world.platform.observed;
  const pools = [...postgres!.pools, { ...postgres!.pools[0]!, name: "surplus" }];
  world.platform.observed = {
    ...world.platform.observed,
    postgres: { ...postgres!, users: [], pools },
  };
  const { differences } = await lookAtStanding(world.session, ["data"], world.progress);

  expect(differences.data?.join()).toContain("mam_app");
  expect(differences.data?.join()).not.toContain("surplus");
  expect(told()).toEqual(differences.data?.map((one) => `  ${title}: data is planned: ${one}`));
});

test("storage is looked at with Wasabi's keys only", async () => {
  const without = await lookAtStanding(world.session, ["storage"], world.progress);

  expect(without).toEqual({ known: {}, differences: {} });
  expect(told()).toEqual([`  ${title}: storage was not looked at: no Wasabi is recorded`]);

  const session = { ...world.session, clients: { ...world.session.clients, ...anEmptyWasabi() } };
  const { differences } = await lookAtStanding(session, ["storage"], world.progress);

  expect(differences.storage?.length).toBeGreaterThan(0);
});

test("a platform that gives no answer leaves its stack out", async () => {
  world.platform.answers.listDatabases = () => {
    throw refusedBy(503);
  };

  expect(await lookAtStanding(world.session, ["data"], world.progress)).toEqual({
    ...{ known: {}, differences: {} },
  });
  expect(told()).toEqual([
    `  ${title}: data could not be looked at, and is left out: GET /v2: 503 refused`,
  ]);
});
