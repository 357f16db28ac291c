import { slottedNames } from "../../../../environments/schema/rotation.ts";
import { keepingOf, retirementTime } from "../../../../operations/secrets/rotation/keeping.ts";
import { anEnvironment } from "../../../support/environments.ts";

const { config } = anEnvironment();

test("what was replaced is kept for the longest lifetime of what it opens, and the clocks' difference", () => {
  const seconds = Object.fromEntries(
    slottedNames.map((name) => [name, keepingOf(name, config).seconds]),
  );

  expect(seconds).toMatchObject({
    // 10 minutes of a link, 30 days of a session, 900 seconds of an upload address; 60 seconds of difference.
    "edge-signing-key": 10 * 60 + 60,
    "jwt-secret": 30 * 86_400 + 60,
    "cookie-secret": 30 * 86_400 + 60,
    "storage-key-uploader": 900 + 60,
    "storage-key-transcoder": config.services.worker.termination.graceSeconds,
    "storage-key-backup-writer": config.services.backup.graceSeconds,
  });
});

test("a key that no component has is kept for nobody", () => {
  const services = { ...config.services, backup: { ...config.services.backup, enabled: false } };

  expect(keepingOf("storage-key-backup-writer", { ...config, services }).seconds).toBe(0);
});

test("the time counts from the moment at which the successor had taken over", () => {
  expect(retirementTime("edge-signing-key", config, "2026-11-25T10:00:00Z")).toEqual(
    new Date("2026-11-25T10:11:00Z"),
  );
});
