import type { Variables } from "../../../operations/context/variables.ts";
import { runChecks } from "../../../operations/context/check.ts";
import { doctorChecks } from "../../../operations/doctor/checks.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { type Shell, openShell } from "../../support/shell.ts";
import { linesOf } from "../support/remedies/remedy.ts";
import { breakages } from "./support/breakages.ts";
import type { Broken } from "./support/breakage.ts";

/** What is not played here, by the name of the breakage, and why. */
const unplayed: Readonly<Record<string, string>> = {
  "packages of another version, and none":
    "npm ci would install the packages of this checkout anew",
  "a bucket that a policy lets anybody read": "the Spaces of this machine takes no bucket policies",
  "a session in the database whose process is gone":
    "it takes a database that is real: operations/access/psql.platform.test.ts types it",
  "a lock on a state that is a file, and one that says nothing":
    "a command reads the environment's own file, where the states are in a bucket",
};

/** The checks whose lines were typed. */
const played = new Set<string>();

let platform: TestPlatform;
let shell: Shell;
beforeAll(async () => {
  platform = await openDeployedPlatform();
  shell = openShell(platform);
  // Records and certificates of the hosts take up to five minutes of the platform's time.
  await platform.cloud.clock.sleep(300);
});
afterAll(async () => {
  shell.end();
  await platform.end();
});

/** What one check finds. */
async function findingsOf(id: string, { session, machine }: Pick<Broken, "session" | "machine">) {
  const context = { ...doctorContext(session), ...(machine ? { machine } : {}) };
  const checks = doctorChecks.filter((check) => check.id === id);
  return (await runChecks(checks, context)).findings;
}

test.each(breakages.map((breakage) => [breakage.id, breakage.name, breakage] as const))(
  "%s: the line that is printed for %s closes it, if there is one",
  async (id, name, { breaks }) => {
    const broken = await breaks(platform);
    const lines = new Set((await findingsOf(id, broken)).flatMap(linesOf));
    if (lines.size === 0 || name in unplayed) {
      broken.mend?.();
      return;
    }
    let exported: Variables = {};
    for (const line of lines) {
      if (line.startsWith("export ")) {
        const [variable, value] = await shell.exported(line);
        exported = { ...exported, [variable]: value };
      } else {
        await shell.type(line);
      }
    }

    played.add(id);
    expect(await findingsOf(id, { session: platform.session(exported) })).toEqual([]);
  },
);

test("the lines of these checks were typed", () => {
  expect([...played].toSorted()).toEqual([
    "app-unpinned",
    "digitalocean-leftovers",
    "host-records",
    "image-digests",
    "ledger-readable",
    "leftover-records",
    "older-files",
    "provider-versions",
    "secrets-available",
    "signing-key-length",
    "state-bucket",
    "state-private",
    "state-unlocked",
    "state-versioning",
    "states-saved",
    "states-whole",
    "wasabi-leftovers",
  ]);
});
