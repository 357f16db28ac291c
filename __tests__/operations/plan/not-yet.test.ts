import { whyNotYet } from "../../../operations/plan/not-yet.ts";
import { TerraformFailed } from "../../../operations/terraform/process.ts";
import { aSealedEnvironment, anOfflineSession } from "../secrets/support.ts";

const error = (summary: string, detail = "") => ({ severity: "error", summary, detail });

async function why(...diagnostics: ReturnType<typeof error>[]) {
  return whyNotYet(
    anOfflineSession(aSealedEnvironment()),
    new TerraformFailed("plan", "staging-app", diagnostics),
  );
}

const nothing = "The expression result is null. Cannot include a null value in a string template.";

test("an output that another stack's state lacks, or has as null since a run was killed, comes with its deployment", async () => {
  const later = "it needs outputs that storage or data have only after their deployment";

  expect(await why(error("Unsupported attribute"))).toBe(later);
  expect(await why(error("Invalid template interpolation value", nothing))).toBe(later);
  expect(
    await why(
      error("Unsupported attribute"),
      error("Invalid template interpolation value", nothing),
    ),
  ).toBe(later);
});

test("any other error beside it is one", async () => {
  expect(await why(error("Unsupported attribute"), error("Invalid reference"))).toBeUndefined();
  expect(
    await why(error("Invalid template interpolation value", "it is a list of string")),
  ).toBeUndefined();
  expect(await why()).toBeUndefined();
});
