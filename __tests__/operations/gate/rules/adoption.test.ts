import { nothingImported } from "../../../../environments/schema/imports.ts";
import { judge } from "../../../../operations/gate/gate.ts";
import { anEnvironment } from "../../../support/environments.ts";
import { gateContext, pastWith } from "../../../support/gate.ts";
import { resourceChange } from "../../../support/plans.ts";

const byHand = {
  name: "shop-web",
  services: [
    { name: "backend", image: { repository: "shop-api" } },
    { name: "blog", image: { repository: "shop-blog" } },
  ],
  static_sites: [{ name: "docs" }],
  domains: [{ domain: "www.shop.example" }, { domain: "shop.example" }],
  databases: [{ name: "dev" }, { name: "db", production: true }],
};

const ours = {
  spec: [
    {
      service: [{ name: "api", image: [{ repository: "shop-api" }] }],
      domain: [{ name: "www.shop.example" }],
      database: [{ name: "postgres", production: true }],
    },
  ],
};

const times = { created_at: "", updated_at: "" };

/** What is lost, where the plan says of the app what the provider says: nothing of its hosts. */
async function lost(importing: { readonly id: string } | undefined): Promise<string[]> {
  const change = resourceChange("digitalocean_app.app", ["update"], {
    ...{ before: { spec: [{}] }, after: ours },
    importing,
  });
  const past = pastWith({ id: "app-1", ...times, spec: byHand });
  const { findings } = await judge(gateContext([change], { past }), []);
  return findings.filter(({ id }) => id === "adopted-lost").map(({ resource }) => resource);
}

test("what goes with an app that is taken over is refused, each by its name", async () => {
  expect(await lost({ id: "app-1" })).toEqual([
    expect.stringContaining("the host shop.example of"),
    expect.stringContaining("the development database dev of"),
    expect.stringContaining("the component blog of"),
    expect.stringContaining("the static site docs of"),
  ]);
});

test("an app that is an environment's already changes as its files say", async () => {
  expect(await lost(undefined)).toEqual([]);
});

test("in CI an app that is taken over gets its secrets in clear once, and no other app does", async () => {
  const never = anEnvironment();
  const spec = { name: "shop-web" };
  const past = pastWith({
    ...{ id: "app-1", ...times, spec },
    active_deployment: { id: "d-1", spec },
  });
  const key = resourceChange("aws_iam_access_key.uploader_key_a", ["create"]);
  const imports = { ...nothingImported, app: { "digitalocean_app.app": "app-1" } };
  const unsealed = async (one: typeof never) =>
    (await judge(gateContext([key], { environment: one, past }), [])).findings.filter(
      ({ id }) => id === "unsealed-secret",
    );

  expect(await unsealed({ ...never, imports })).toEqual([]);
  expect(await unsealed(never)).toHaveLength(1);
});
