import { readFileSync } from "node:fs";

import { stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { runTerraform } from "../../../operations/terraform/process.ts";
import { prepare } from "../../../operations/terraform/stack.ts";
import { terraformRuntime } from "../../../operations/terraform/runtime.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openDeployedPlatform();
});
afterAll(() => platform.end());

const reasons = { storage: "aws_s3_bucket", data: "digitalocean_", app: "digitalocean_app.app" };

test.each(stackKinds)(
  "%s cannot be destroyed, for the reason that the page shows",
  async (part) => {
    const session = platform.session();
    const stack = (await synthesiseStacks(session))[part];
    const runtime = terraformRuntime(session, stack);
    await prepare(stack, runtime);
    const refused = runTerraform(
      runtime,
      ["plan", "-destroy", "-input=false", "-no-color", "-lock=false"],
      { directory: stack.directory },
    );
    const page = readFileSync("docs/stateful-resources.md", "utf8");
    const [title, sentence] = ["Instance cannot be destroyed", "lifecycle.prevent_destroy set"];

    await expect(refused).rejects.toThrow(title);
    await expect(refused).rejects.toThrow(new RegExp(`${reasons[part]}[\\s\\S]*${sentence}`));
    expect(page).toContain(title);
    expect(page).toContain(sentence);
  },
);
