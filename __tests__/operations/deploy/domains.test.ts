import { AbortError } from "@mam-infra/clients/abort";

import { awaitHosts } from "../../../operations/deploy/domains.ts";
import { production } from "../../../environments/production.ts";
import { anEnvironment, changed } from "../../support/environments.ts";
import { refusedBy } from "../../support/recorded/digitalocean.ts";
import { changeApp } from "../../support/recorded/platform.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";

let world: World;
let told: string[];

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
  told = [];
});
afterEach(() => world.close());

const wait = () => awaitHosts(world.session, (text) => told.push(text));

const hosts = (phase: string) => {
  const domains = ["mam", "media"].map((host) => ({
    spec: { domain: `${host}.northlight.example` },
    phase,
  }));
  changeApp(world.platform, { domains });
};

test.each(["ACTIVE", "ERROR"])("hosts that are %s are not waited for", async (phase) => {
  hosts(phase);
  await wait();

  expect(told).toEqual([]);
});

test("hosts are waited for until they have records and certificates, and it is said how far each is", async () => {
  hosts("CONFIGURING");
  world.journal.after("reads listApps", () => {
    setImmediate(() => {
      hosts("ACTIVE");
    });
  });
  await wait();

  expect(told).toEqual([
    "mam.northlight.example is CONFIGURING, media.northlight.example is CONFIGURING",
  ]);
});

test("nothing is waited for where somebody else manages the zone", async () => {
  await world.close();
  const environment = anEnvironment(
    changed((draft) => (draft.domain.zoneManagedBy = "elsewhere"), production),
  );
  world = openWorld({ environment });
  hosts("PENDING");
  await wait();

  expect([told, world.journal.lines()]).toEqual([[], []]);
});

test("a platform that gives no answer ends the wait, which verify then says more about", async () => {
  world.platform.answers.listApps = () => {
    throw refusedBy(503);
  };
  await wait();

  expect(told).toEqual(["GET /v2: 503 refused"]);
});

test("an interruption ends the command", async () => {
  hosts("PENDING");
  world.journal.after("reads listApps", world.interrupt);

  await expect(wait()).rejects.toThrow(AbortError);
});
