import { appSpec } from "../../../constructs/app/app-spec.ts";
import { backupWorkers } from "../../../constructs/app/backup.ts";
import { environmentVariables } from "../../../constructs/app/environment-variables.ts";
import { inventory } from "../../../operations/secrets/inventory.ts";
import { anAppContext } from "../../support/app-context.ts";
import { anEnvironment, changed, checked, releaseWithBackup } from "../../support/environments.ts";

const context = { ...anAppContext(), release: releaseWithBackup };
const withoutImage = anAppContext();
const switchedOff = {
  ...context,
  config: checked(
    changed((draft) => {
      const disabledReason = "Dumps are made by the company's own backup service.";
      draft.services.backup = { enabled: false, disabledReason };
    }),
  ),
};

const objective = (of: typeof context | typeof withoutImage) =>
  environmentVariables(of, "api").find(({ key }) => key === "SERVICE_LEVEL_BACKUP_AGE_HOURS")
    ?.value;

test("the backup is one worker without a port, that runs the released image", () => {
  const [worker, ...others] = backupWorkers(context);
  expect(others).toEqual([]);
  expect(worker).toMatchObject({
    name: "backup",
    image: { repository: "mam-backup", digest: releaseWithBackup.images.backup },
    instanceCount: 1,
    termination: { gracePeriodSeconds: 120 },
  });
});

test("it is told to reach the cluster itself as its administrator, and storage with the writer's key", () => {
  const variables = environmentVariables(context, "backup");
  const told = (name: string) => variables.find(({ key }) => key === name);
  expect(told("POSTGRES_URL")?.value).toContain("postgres-admin.PASSWORD");
  expect(told("POSTGRES_URL")?.value).not.toContain("pool");
  expect(told("BACKUPS_BUCKET")?.value).toBe("northlight-mam-production-backups");
  expect(told("BACKUP_HOUR")?.value).toBe("0");
  expect(told("BACKUP_RETENTION_DAYS")?.value).toBe("30");
  expect(told("BACKUP_LOCK_DAYS")?.value).toBe("30");
  expect(told("WASABI_BACKUPS_SECRET")?.type).toBe("SECRET");
});

test("it stands beside the preview worker, which keeps its place in the spec", () => {
  const workers = appSpec(context, undefined).worker as { readonly name: string }[];
  expect(workers.map(({ name }) => name)).toEqual(["worker", "backup"]);
});

test("the age of its newest dump is a service level of the API", () => {
  expect(objective(context)).toBe("26");
});

test.each([
  ["a release has no image of it", withoutImage],
  ["it is switched off", switchedOff],
])("where %s the app has no backup, and the service level is off", (_, of) => {
  expect(backupWorkers(of)).toEqual([]);
  expect(objective(of)).toBe("0");
});

test("its secrets are known where it runs, and asked for nowhere else", () => {
  const holders = (release: typeof releaseWithBackup | typeof withoutImage.release) =>
    inventory({ ...anEnvironment(), release }, {})
      .filter(({ components }) => components.includes("backup"))
      .map(({ name }) => name);
  expect(holders(releaseWithBackup)).toEqual([
    "WASABI_BACKUPS_SECRET",
    "BETTER_STACK_TOKEN",
    "password of doadmin",
  ]);
  expect(holders(withoutImage.release)).toEqual([]);
});
