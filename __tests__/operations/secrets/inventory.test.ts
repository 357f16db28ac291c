import { inventory } from "../../../operations/secrets/inventory.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSealedEnvironment, everySupplied, everythingSealed } from "./support.ts";

const named = (secrets: ReturnType<typeof inventory>, name: string) =>
  secrets.filter((secret) => secret.name === name);

test("before a first deployment a signing key is missing until it is supplied", () => {
  const missing = inventory(anEnvironment(), {});
  const supplied = inventory(anEnvironment(), everySupplied);

  expect(named(missing, "JWT_SECRET_A")).toMatchObject([{ standing: "missing" }]);
  expect(named(supplied, "JWT_SECRET_A")).toMatchObject([{ standing: "supplied" }]);
});

test("a sealed secret says since when, by the oldest of its components", () => {
  const sealed = everythingSealed("2026-11-01");
  const { edge = {} } = sealed.components;
  const younger = { ...edge.EDGE_SIGNING_KEY_A!, sealedAt: "2026-11-20" };
  const components = { ...sealed.components, edge: { ...edge, EDGE_SIGNING_KEY_A: younger } };

  const secrets = inventory(anEnvironment(undefined, { ...sealed, components }), {});

  expect(named(secrets, "EDGE_SIGNING_KEY_A")).toMatchObject([
    { standing: "sealed", components: ["api", "edge"], since: "2026-11-01", use: "active" },
  ]);
});

test("a secret that one of its components has no seal for is missing, and says which", () => {
  const secrets = inventory(anEnvironment(undefined, everythingSealed(undefined, "edge")), {});

  expect(named(secrets, "EDGE_SIGNING_KEY_A")).toMatchObject([
    { standing: "missing", unsealed: ["edge"] },
  ]);
});

test("the slot that a rotation made active is the one in use", () => {
  const secrets = inventory(aSealedEnvironment({ "jwt-secret": { active: "B" } }), {});

  expect(named(secrets, "JWT_SECRET_A")).toMatchObject([{ use: "idle" }]);
  expect(named(secrets, "JWT_SECRET_B")).toMatchObject([{ use: "active" }]);
});

test("storage keys come from Terraform, one for each role that has a component", () => {
  const kinds = (secrets: ReturnType<typeof inventory>) =>
    secrets.filter(({ kind }) => kind === "storage key").map(({ standing }) => standing);

  expect(kinds(inventory(anEnvironment(), {}))).toEqual(Array(4).fill("made by Terraform"));
  expect(kinds(inventory(aSealedEnvironment(), {}))).toEqual(Array(4).fill("sealed"));
});

test("database passwords are there without anybody having them, and the API's users take turns", () => {
  const rotation = { "database-user": { active: "B", since: "2026-11-20" } };
  const passwords = inventory(aSealedEnvironment(rotation), {}).filter(
    ({ kind }) => kind === "database password",
  );

  expect(
    passwords.map(({ name, use, since, components }) => [name, use, since, components]),
  ).toEqual([
    ["password of mam_app", "idle", undefined, []],
    ["password of mam_app_b", "active", "2026-11-20", ["api"]],
    ["password of doadmin", undefined, undefined, ["migrate"]],
    ["password of valkey", undefined, undefined, ["api", "worker"]],
  ]);
});

test("the log service's credential is one more secret, of every component", () => {
  expect(named(inventory(anEnvironment(), {}), "BETTER_STACK_TOKEN")).toMatchObject([
    { standing: "missing", components: ["frontend", "api", "worker", "edge", "migrate"] },
  ]);
});
