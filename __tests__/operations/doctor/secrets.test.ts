import { runChecks } from "../../../operations/context/check.ts";
import type { Session } from "../../../operations/context/session.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { sealingChecks } from "../../../operations/doctor/secrets.ts";
import {
  aSealedEnvironment,
  anOfflineSession,
  everySupplied,
  everythingSealed,
} from "../secrets/support.ts";

const findingsOf = async (session: Session) =>
  (await runChecks(sealingChecks, doctorContext(session))).findings;

const today = new Date().toISOString().slice(0, 10);
const sealedToday = (rotation: object = {}) => aSealedEnvironment(rotation, today);
const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();

test("a sealed environment has nothing against it, whether the sealed secrets are supplied or not", async () => {
  expect(await findingsOf(anOfflineSession(sealedToday()))).toEqual([]);
  expect(await findingsOf(anOfflineSession(sealedToday(), everySupplied))).toEqual([]);
});

test("another value for the slot that signs is an error, for the other slot a warning", async () => {
  const supplied = {
    ...everySupplied,
    JWT_SECRET_A: "another value, as long as it has to be",
    COOKIE_SECRET_B: "another value, as long as it has to be",
  };
  const findings = await findingsOf(anOfflineSession(sealedToday(), supplied));

  expect(findings).toMatchObject([
    {
      id: "active-key-kept",
      severity: "error",
      resource: "JWT_SECRET_A",
      expected: "what is sealed for api",
      fix: "unset TF_VAR_jwt_secret_a",
    },
    { id: "supplied-as-sealed", severity: "warning", resource: "COOKIE_SECRET_B" },
  ]);
  expect(JSON.stringify(findings)).not.toContain("as long as it has to be");
});

test("the same key in both slots is an error", async () => {
  const environment = sealedToday();
  const { api = {}, ...others } = everythingSealed(today).components;
  const components = { ...others, api: { ...api, JWT_SECRET_B: api.JWT_SECRET_A! } };
  const same = { ...environment, sealed: { ...environment.sealed!, components } };

  expect(await findingsOf(anOfflineSession(same))).toMatchObject([
    {
      id: "slots-differ",
      resource: "jwt-secret",
      fix: "mam secrets rotate production jwt-secret",
    },
  ]);
});

test("a secret older than ninety days is a warning", async () => {
  const findings = await findingsOf(anOfflineSession(aSealedEnvironment({}, "2026-01-01")));
  const ids = findings.map(({ id, severity }) => `${id} ${severity}`);

  expect(new Set(ids)).toEqual(new Set(["secret-age warning"]));
  expect(ids).toHaveLength(10);
  const lineOf = new Map(findings.map(({ resource, fix }) => [resource, fix]));
  expect(lineOf.get("WASABI_PREVIEWS_SECRET of edge")).toBe(
    "mam secrets rotate production storage-key-edge-reader",
  );
  expect(lineOf.get("JWT_SECRET_B of api")).toBe("mam secrets rotate production jwt-secret");
});

test("a rotation that was interrupted, and one that waits too long, are warnings", async () => {
  const rotation = {
    "jwt-secret": { active: "A", rotation: { stage: "fill", begun: at(5) } },
    "edge-signing-key": {
      active: "B",
      rotation: { stage: "wait", begun: at(30), switched: at(20) },
    },
    "cookie-secret": { active: "B", rotation: { stage: "wait", begun: at(30), switched: at(20) } },
  };

  expect(await findingsOf(anOfflineSession(sealedToday(rotation)))).toMatchObject([
    {
      id: "rotation-finished",
      resource: "edge-signing-key",
      fix: "mam secrets rotate production edge-signing-key --retire",
    },
    { resource: "jwt-secret", found: "interrupted in stage fill" },
  ]);
});
