import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { anEnvironment } from "../../support/environments.ts";
import { theNextRelease } from "../../support/recorded/environment.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";

const environment = anEnvironment();
const next = theNextRelease(environment);

let worlds: World[];

beforeEach(() => {
  worlds = [environment, environment].map((one) => openWorld({ environment: one }));
});
afterEach(() => Promise.all(worlds.map((world) => world.close())));

const synthesised = async (of = environment, { session } = worlds[0]!) =>
  synthesiseStacks({ ...session, environment: of });

test("stacks say what their environment says, whatever was synthesised before", async () => {
  const [first, other, again] = [await synthesised(), await synthesised(next), await synthesised()];

  expect(other.app.fingerprint).not.toBe(first.app.fingerprint);
  expect(other.data.fingerprint).toBe(first.data.fingerprint);
  expect(stackKinds.map((kind) => again[kind].fingerprint)).toEqual(
    stackKinds.map((kind) => first[kind].fingerprint),
  );
});

test("what CDKTF's own commands read lies in the directory of each project, for this user alone", async () => {
  for (const world of worlds) {
    const { app } = await synthesised(environment, world);
    const outdir = join(world.session.project, "cdktf.out");
    const written = join(outdir, "stacks", app.name, "cdk.tf.json");

    expect(readFileSync(written, "utf8")).toBe(
      readFileSync(join(app.directory, "cdk.tf.json"), "utf8"),
    );
    expect(existsSync(join(outdir, "manifest.json"))).toBe(true);
    expect(statSync(outdir).mode & 0o777).toBe(0o700);
  }
});
