import { prepareUpgrade } from "../../../rehearsal/upgrade/prepare.ts";
import { sideOf } from "../../../rehearsal/upgrade/side.ts";

test("nothing is prepared where no upgrade is asked for", async () => {
  expect(await prepareUpgrade("staging", { acts: "deploy", state: "hcp" })).toBeUndefined();
});

test.each([
  { from: "terraform=1.11.4" },
  { to: "terraform=1.11.4" },
  { from: "terraform=1.11.4", to: "terraform=1.11.4", acts: "deploy" },
  { from: "terraform=1.11.4", to: "terraform=1.11.4", state: "hcp" },
  { from: "terraform=1.11.4", to: "terraform=1.11.4", terraform: "/opt/tofu/tofu" },
])("%j is refused with what goes together", async (options) => {
  await expect(prepareUpgrade("staging", options)).rejects.toThrow(
    "--from and --to go together, and without --acts, --terraform and --state",
  );
});

test("both sides are named, and without other bindings the project is this checkout", async () => {
  const { what } = await sideOf({});
  const pin = what.replace("Terraform ", "terraform=");
  const prepared = await prepareUpgrade("staging", { from: pin, to: pin, state: "configured" });

  expect(prepared).toMatchObject({
    project: undefined,
    suites: [{ name: "upgrade", title: `From ${what} to ${what}:` }],
  });
});
