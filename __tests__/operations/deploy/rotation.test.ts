import { deploymentTool } from "../../../operations/deploy/rotation.ts";
import { RotationStopped } from "../../../operations/secrets/rotation/rotate.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type World, effectsOf, openWorld } from "../../support/recorded/world.ts";

let world: World;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

test("a deployment inside a rotation that is refused stops it where it is", async () => {
  const deploy = deploymentTool(world.confirm(true));

  await expect(deploy(world.session, "JWT_SECRET_A is replaced", world.progress)).rejects.toThrow(
    /red-doctor[^]*nothing was changed\.\nThe rotation waits where it is: the same command goes on from there\.$/,
  );
  await expect(deploy(world.session, "JWT_SECRET_A is replaced", world.progress)).rejects.toThrow(
    RotationStopped,
  );
  expect(effectsOf(world)).toEqual(["doctor", "doctor"]);
});
