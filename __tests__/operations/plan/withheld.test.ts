import { nothingRotated, rotationSchema } from "../../../environments/schema/rotation.ts";
import { keptFor } from "../../../operations/plan/withheld.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";

const spec = {
  name: "mam-production",
  domains: [{ domain: "mam.example.com" }],
  services: [
    {
      name: "api",
      envs: [
        { key: "ALLOWED_ORIGINS", value: "https://mam.example.com,https://kiosk.example.com" },
      ],
    },
    { name: "edge", envs: [{ key: "WASABI_PREVIEWS_ACCESS_KEY", value: "AKIAOLD" }] },
  ],
};
const running = {
  id: "app",
  created_at: "",
  updated_at: "",
  spec,
  active_deployment: { id: "deployment", spec },
};
const app = () => Promise.resolve(running);

const cors = (...origins: string[]) => ({ cors_rule: [{ allowed_origins: origins }] });
const bucket = (before: string[], after: string[]) =>
  resourceChange("aws_s3_bucket.staging", ["update"], {
    before: cors(...before),
    after: cors(...after),
  });
const key = (id: string) =>
  resourceChange("aws_iam_access_key.edge_reader_key_a", ["delete"], { before: { id } });
const retiring = rotationSchema.parse({
  "storage-key-edge-reader": {
    active: "B",
    rotation: {
      stage: "retire",
      begun: "2026-11-20T10:00:00Z",
      switched: "2026-11-20T10:05:00Z",
    },
  },
});

const kept = (change: ReturnType<typeof key>, rotation = nothingRotated) =>
  keptFor(rotation, plannedStack("storage", { resource_changes: [change] }), app);

test("origins that the running app serves, or lets call it, are kept; others go", async () => {
  const before = [
    "https://mam.example.com",
    "https://kiosk.example.com",
    "https://gone.example.com",
  ];

  expect(await kept(bucket(before, ["https://new.example.com"]))).toEqual({
    origins: ["https://mam.example.com", "https://kiosk.example.com"],
    keys: [],
  });
  expect(await kept(bucket(["https://gone.example.com"], []))).toBeUndefined();
});

test("a key that is retired is kept while an older specification runs with it", async () => {
  expect(await kept(key("AKIAOLD"), retiring)).toEqual({
    origins: [],
    keys: [{ role: "edge-reader", slot: "A" }],
  });
  expect(await kept(key("AKIANEW"), retiring)).toBeUndefined();
});

test("a key that goes outside of a rotation is left to the gate", async () => {
  expect(await kept(key("AKIAOLD"))).toBeUndefined();
});

test("nobody is asked what runs where nothing is taken away", async () => {
  const change = bucket(
    ["https://mam.example.com"],
    ["https://mam.example.com", "https://x.example"],
  );
  const planned = plannedStack("storage", { resource_changes: [change] });
  const never = () => Promise.reject(new Error("the platform was asked"));

  expect(await keptFor(nothingRotated, planned, never)).toBeUndefined();
});
