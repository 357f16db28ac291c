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

/** What a plan makes of an app, with one component more or less. */
const planned = (changes: object = {}) => ({
  spec: [
    {
      service: [
        { name: "api", image: [{ registry_type: "DOCR", repository: "shop-api" }] },
        { name: "frontend", image: [{ registry_type: "DOCR", repository: "shop-page" }] },
      ],
      job: [
        {
          name: "migrate",
          run_command: "bin/migrate",
          image: [{ registry_type: "DOCR", repository: "shop-api" }],
        },
      ],
      domain: [{ name: "www.shop.example" }],
      ingress: [
        {
          rule: [
            { match: [{ path: [{ prefix: "/api" }] }], component: [{ name: "api" }] },
            { match: [{ path: [{ prefix: "/" }] }], component: [{ name: "frontend" }] },
          ],
        },
      ],
      ...changes,
    },
  ],
});

const docr = (name: string, repository: string) => ({
  ...{ name, image: { registry_type: "DOCR", repository } },
});

const times = { created_at: "", updated_at: "" };

/** What is lost, where the plan says of the app what the provider says: nothing of its hosts. */
async function lost(
  importing: { readonly id: string } | undefined,
  spec: object = byHand,
  after: object = ours,
): Promise<string[]> {
  const change = resourceChange("digitalocean_app.app", ["update"], {
    ...{ before: { spec: [{}] }, after },
    importing,
  });
  const past = pastWith({ id: "app-1", ...times, spec: { name: "shop-web", ...spec } });
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

/** What was made by hand, and what the gate says of it; nothing where it stays. */
const kept: readonly (readonly [string, object, readonly string[]])[] = [
  [
    "a component of our name that runs code of its own",
    { services: [{ name: "api" }] },
    ["the component api of"],
  ],
  [
    "a component of our name with an image of another registry",
    { services: [{ name: "api", image: { registry_type: "GHCR", repository: "shop-api" } }] },
    ["the component api of"],
  ],
  ["a component whose image another one runs", { services: [docr("backend", "shop-api")] }, []],
  [
    "a route to another image",
    {
      services: [docr("backend", "shop-api"), docr("page", "shop-page")],
      ingress: {
        rules: [
          { match: { path: { prefix: "/api" } }, component: { name: "backend" } },
          { match: { path: { prefix: "/hooks" } }, component: { name: "backend" } },
          { match: { path: { prefix: "/old" } }, redirect: { uri: "/new" } },
          {
            match: { path: { prefix: "/" }, authority: { exact: "gone.example" } },
            component: { name: "backend" },
          },
          { match: { path: { prefix: "/" } }, component: { name: "page" } },
        ],
      },
    },
    ["the route /hooks of backend of", "the redirect of /old of"],
  ],
  [
    "a job with the command and the image of ours",
    { jobs: [{ ...docr("db", "shop-api"), kind: "PRE_DEPLOY", run_command: "bin/migrate" }] },
    [],
  ],
  [
    "a job of our name that runs after a deployment",
    { jobs: [{ ...docr("migrate", "shop-api"), kind: "POST_DEPLOY", run_command: "bin/migrate" }] },
    ["the job migrate of"],
  ],
  [
    "addresses of its own",
    { egress: { type: "DEDICATED_IP" } },
    ["the dedicated egress addresses of"],
  ],
];

test.each(kept)("of an app that is taken over: %s", async (_, spec, expected) => {
  expect(await lost({ id: "app-1" }, spec, planned())).toEqual(
    expected.map((one) => expect.stringContaining(one) as string),
  );
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
