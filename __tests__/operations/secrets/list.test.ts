import { listSecrets } from "../../../operations/secrets/list.ts";
import { aSealedEnvironment, anOfflineSession, everySupplied } from "./support.ts";

const now = new Date("2026-11-25T12:00:00Z");

test("the list says standing, age and components of every secret, and never a value", async () => {
  const session = anOfflineSession(aSealedEnvironment({}, "2026-11-01"), everySupplied);
  const { text, data, ok } = await listSecrets(session, now);

  expect(ok).toBe(true);
  expect(text).toMatch(/^EDGE_SIGNING_KEY_A \(active\) +sealed +24 days +api, edge$/m);
  expect(text).toMatch(/^password of doadmin +kept by DigitalOcean +unknown +migrate$/m);
  expect(JSON.stringify([text, data])).not.toContain("value of");
});

test("without Wasabi's credentials a storage key's age is its seal's", async () => {
  const { text } = await listSecrets(anOfflineSession(aSealedEnvironment()), now);

  expect(text).toMatch(/^WASABI_STAGING_SECRET +sealed +24 days +api$/m);
});

test("a list with something missing leads to making it", async () => {
  const { text } = await listSecrets(anOfflineSession(aSealedEnvironment()), now);

  expect(text).toContain("1 is missing: BETTER_STACK_TOKEN. Next: mam secrets generate production");
});
