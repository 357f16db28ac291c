import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Session } from "../../../operations/context/session.ts";
import { anEnvironment } from "../../support/environments.ts";
import { everySecret } from "../../support/recorded/environment.ts";
import { type World, effectsOf, hasState, openWorld } from "../../support/recorded/world.ts";
import { deploy } from "./support/changed-world.ts";

// What an earlier deployment left is put right before anything is planned, whatever is answered then.

let world: World;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

/** A state in which the app's secrets stand as they were sent. */
const sent = {
  resources: [
    {
      ...{ mode: "managed", type: "digitalocean_app", name: "app" },
      instances: [
        {
          attributes: {
            spec: [
              {
                service: ["frontend", "api", "edge"].map(component),
                worker: [component("worker")],
                job: [component("migrate")],
              },
            ],
          },
        },
      ],
    },
  ],
};

function component(name: string) {
  const env = Object.entries(everySecret).map(([key, value]) => ({ key, type: "SECRET", value }));
  return { name, env };
}

const refused = async (session: Partial<Session>) => {
  const opened = { ...world, session: { ...world.session, ...session } };
  return deploy(opened, { confirm: world.confirm(false) });
};

const sealedFile = () => join(world.session.releases, "production.sealed.json");

test.each([
  ["supplied", { supplied: everySecret }],
  ["sent, as the state has them", {}],
])(
  "the secrets of an app that runs unsealed are sealed: those that were %s",
  async (_, session) => {
    hasState(world, "app", sent);
    world.journal.after("terraform refresh production-app", () => {
      hasState(world, "app");
    });
    await refused(session);

    expect(JSON.parse(readFileSync(sealedFile(), "utf8"))).toMatchObject({
      app: world.platform.observed.app?.id,
      components: { api: { JWT_SECRET_A: { ciphertext: expect.stringMatching(/^EV\[1:/) } } },
    });
    expect(effectsOf(world)).toEqual([
      "doctor",
      "terraform refresh production-app",
      "terraform plan production-data",
      "terraform plan production-storage",
      "asks whether to go on",
    ]);
  },
);

test.each([
  [
    "whose plaintext nobody knows",
    () => {
      hasState(world, "app");
    },
  ],
  [
    "of an app that no state knows",
    () => {
      hasState(world, "data");
    },
  ],
])("secrets %s are not sealed, and the deployment goes on", async (_, arrange) => {
  arrange();
  await refused({});

  expect(existsSync(sealedFile())).toBe(false);
  expect(effectsOf(world)).toContain("asks whether to go on");
});

test("what stands and did not get ready is kept: its taint goes, and no other", async () => {
  const instances = [{ status: "tainted", attributes: { spec: [] } }];
  const taint = (type: string, name: string) => ({ type, name, instances });
  hasState(world, "app", { resources: [taint("digitalocean_app", "app")] });
  hasState(world, "storage", {
    resources: [taint("aws_s3_bucket", "masters"), taint("aws_s3_bucket_policy", "masters_policy")],
  });
  await refused({});

  expect(effectsOf(world).filter((line) => line.includes("untaint"))).toEqual([
    "terraform untaint production-app digitalocean_app.app",
    "terraform untaint production-storage aws_s3_bucket.masters",
  ]);
});
