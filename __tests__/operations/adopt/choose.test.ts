import {
  checkRoles,
  chooseApp,
  chooseBuckets,
  chooseCluster,
} from "../../../operations/adopt/choose.ts";

/** What names of buckets begin with where none says it. */
const usual = "northlight-mam-shop";

const app = (name: string, spec: object = {}) => ({
  ...{ id: `id-${name}`, created_at: "", updated_at: "" },
  spec: { name, ...spec },
});

const cluster = (name: string, engine: string) => ({ id: `id-${name}`, name, engine });

const named = (...clusters: string[]) =>
  clusters.map((cluster_name, at) => ({
    ...{ name: `db${at}`, engine: "PG", production: true, cluster_name },
  }));

test("the only app that no environment has is the one that is meant", () => {
  const apps = [app("mam-staging"), app("shop-web")];

  expect(chooseApp(apps, ["mam-staging"], undefined).spec.name).toBe("shop-web");
  expect(chooseApp(apps, [], "id-shop-web").spec.name).toBe("shop-web");
});

test.each([
  ["several are free", [app("a"), app("b")], undefined, /Several apps.*a, b.*\n.*--app <name>/],
  [
    "none is free",
    [app("mam-staging")],
    undefined,
    /no app that is no environment's\.\n {2}fix: mam init makes/,
  ],
  ["it does not stand", [app("a")], "shop", /no such thing: an app shop.*\n.*say one.*a/],
  [
    "it is an environment's",
    [app("mam-staging")],
    "mam-staging",
    /an environment's already\.\n {2}fix: mam adopt takes over what no environment has/,
  ],
])("no app is guessed where %s", (_, apps, said, message) => {
  expect(() => chooseApp(apps, ["mam-staging"], said)).toThrow(message);
});

test("a cluster is the one that the app names, or that a person says", () => {
  const clusters = [cluster("one", "pg"), cluster("two", "pg"), cluster("queue", "valkey")];
  const web = app("web", { databases: named("one", "queue") });

  expect(chooseCluster("postgres", web, clusters, undefined)?.name).toBe("one");
  expect(chooseCluster("postgres", web, clusters, "two")?.name).toBe("two");
  expect(chooseCluster("valkey", web, clusters, undefined)?.name).toBe("queue");
  expect(chooseCluster("postgres", app("web"), clusters, undefined)).toBeUndefined();
});

test.each([
  [
    "the app names several",
    named("one", "two"),
    undefined,
    /several postgres clusters: one, two\.\n {2}fix: say which .*: --postgres <name>/,
  ],
  [
    "it does not stand",
    [],
    "three",
    /no such thing: a postgres cluster three\.\n {2}fix: say one that stands: one, two/,
  ],
  [
    "it is of another engine",
    [],
    "queue",
    /no such thing: a postgres cluster queue\.\n {2}fix: say one that stands: one, two/,
  ],
])("no cluster is guessed where %s", (_, databases, said, message) => {
  const clusters = [cluster("one", "pg"), cluster("two", "pg"), cluster("queue", "valkey")];

  expect(() => chooseCluster("postgres", app("web", { databases }), clusters, said)).toThrow(
    message,
  );
});

test("buckets are those that variables of the contract name and that stand, or that a person says", () => {
  const envs = [
    { key: "MASTERS_BUCKET", value: "originals" },
    { key: "PREVIEWS_BUCKET", value: "gone" },
  ];
  const web = app("web", { services: [{ name: "api", envs }] });
  const standing = ["originals", "uploads"];

  expect(chooseBuckets(web, standing, { staging: "uploads" }, usual)).toEqual({
    masters: "originals",
    staging: "uploads",
  });
  expect(() => chooseBuckets(web, standing, { backups: "dumps" }, usual)).toThrow(
    /no such thing: the buckets dumps\.\n {2}fix: say one that stands: originals, uploads/,
  );
});

test("a bucket that is called as ours would be is one of the tiers, since it is taken over by its name", () => {
  const standing = ["acme-films-masters", "acme-films-backups", "northlight-mam-shop-staging"];
  const web = app("web");

  expect(chooseBuckets(web, standing, { masters: "acme-films-masters" }, usual)).toEqual({
    masters: "acme-films-masters",
    backups: "acme-films-backups",
  });
  expect(chooseBuckets(web, standing, {}, usual)).toEqual({
    staging: "northlight-mam-shop-staging",
  });
});

test("no rule for names is broken by what buckets are called", () => {
  expect(chooseBuckets(app("web"), ["acme-masters"], { masters: "acme-masters" }, usual)).toEqual({
    masters: "acme-masters",
  });
});

const shared = app("web", {
  envs: [{ key: "MEDIA", value: "films" }],
  services: [
    {
      name: "api",
      envs: [
        { key: "MASTERS_BUCKET", value: "${MEDIA}" },
        { key: "PREVIEWS_BUCKET", value: "films" },
      ],
    },
  ],
});

test("one bucket for two tiers is refused, with a line that lets it pass", () => {
  expect(() => chooseBuckets(shared, ["films"], {}, usual)).toThrow(
    /films is that of masters and previews.*\n.*--bucket masters=films/,
  );
  expect(chooseBuckets(shared, ["films"], { masters: "films" }, usual)).toEqual({
    masters: "films",
  });
});

test.each([
  ["is not there", { api: "nope" }, /no service and no worker nope.*\n.*say one that it has: web/],
  ["is said twice", { api: "web", frontend: "web" }, /web is said to be two of ours/],
])("a component that %s is refused", (_, said, message) => {
  expect(() => {
    checkRoles(app("web", { services: [{ name: "web" }] }), said);
  }).toThrow(message);
});
