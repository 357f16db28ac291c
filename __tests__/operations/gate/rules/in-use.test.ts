import { judge } from "../../../../operations/gate/gate.ts";
import { gateContext, pastWith } from "../../../support/gate.ts";
import { resourceChange } from "../../../support/plans.ts";

const spec = {
  name: "mam-production",
  services: [{ name: "edge", envs: [{ key: "WASABI_PREVIEWS_ACCESS_KEY", value: "AKIAINUSE" }] }],
  databases: [{ name: "postgres", db_user: "mam_app" }],
};
const times = { created_at: "", updated_at: "" };
const standing = { id: "app", spec, ...times };
const running = { ...standing, active_deployment: { id: "deployment", spec } };

const key = (id: string) =>
  resourceChange("aws_iam_access_key.edge_reader_key_b", ["delete"], {
    before: { id, user: "mam-production-edge-reader" },
  });
const user = (name: string) =>
  resourceChange("digitalocean_database_user.postgres_user", ["delete", "create"], {
    before: { name },
    after: { name: "other" },
  });

const found = async (change: ReturnType<typeof key>, app: typeof standing) => {
  const past = pastWith(app);
  const { findings } = await judge(gateContext([change], { past }), []);
  return findings.filter(({ id }) => id === "in-use").map(({ resource }) => resource);
};

test("a key and a database user of the running app do not go", async () => {
  expect(await found(key("AKIAINUSE"), running)).toEqual([
    "access key of mam-production-edge-reader (aws_iam_access_key.edge_reader_key_b)",
  ]);
  expect(await found(user("mam_app"), running)).toEqual([
    "database user mam_app (digitalocean_database_user.postgres_user)",
  ]);
});

test("what the running app does not use may go, and where nothing runs nothing is in use", async () => {
  expect(await found(key("AKIARETIRED"), running)).toEqual([]);
  expect(await found(user("former"), running)).toEqual([]);
  expect(await found(key("AKIAINUSE"), standing)).toEqual([]);
});
