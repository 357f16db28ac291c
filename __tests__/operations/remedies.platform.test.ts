import type { Finding } from "../../operations/context/finding.ts";
import { verifyChecks } from "../../operations/verify/checks.ts";
import { runVerify } from "../../operations/verify/verify.ts";
import { type TestPlatform, openPlatform } from "../support/platform.ts";
import { type Shell, openShell } from "../support/shell.ts";
import { deploymentRounds } from "./support/remedies/by-deployment.ts";
import { handRounds, unplayed } from "./support/remedies/by-hand.ts";
import { type Remedy, type Round, type Scene, linesOf } from "./support/remedies/remedy.ts";
import { worldOf } from "./verify/support/world.ts";

// One environment's life: what breaks in a round is mended by what its findings print, and the next round begins there.

let platform: TestPlatform;
let shell: Shell;

const rounds: readonly Round[] = [...deploymentRounds, ...handRounds];

const scene = (): Scene => ({ platform, shell, world: worldOf(platform) });

beforeAll(async () => {
  platform = await openPlatform();
  shell = openShell(platform);
  await shell.type("mam deploy staging");
});

afterAll(async () => {
  const { cloud, providers } = platform;
  const findings = [...cloud.findings(), ...providers.findings()];
  shell.end();
  await platform.end();
  expect(findings).toEqual([]);
});

test.each(rounds.map((round) => [round.what, round] as const))(
  "when %s, every finding is closed by its own fix",
  async (_, { remedies }) => {
    for (const { breaks } of remedies) await breaks(scene());
    const broken = await runVerify(platform.session());
    const noticed = broken.findings.map(({ id }) => id);
    expect(remedies.map(({ id }) => id).filter((id) => !noticed.includes(id))).toEqual([]);

    await mend(remedies, broken.findings);

    expect((await runVerify(platform.session())).findings).toEqual([]);
  },
);

test("every check of verify is played, or says why it cannot be", () => {
  const played = new Set(rounds.flatMap(({ remedies }) => remedies.map(({ id }) => id)));

  expect([...played, ...Object.keys(unplayed)].toSorted()).toEqual(
    verifyChecks.map(({ id }) => id).toSorted(),
  );
});

/**
 * Does what the findings say: each line once, in the order in which they are printed, and a deployment last. What stands
 * in the way of one is a finding of its own, and `mam deploy` says so.
 */
async function mend(remedies: readonly Remedy[], findings: readonly Finding[]): Promise<void> {
  for (const { id, follow } of remedies) {
    await follow?.(
      scene(),
      findings.filter((finding) => finding.id === id),
    );
  }
  const lines = [...new Set(findings.flatMap(linesOf))];
  const isDeployment = (line: string) => line.startsWith("mam deploy ");
  for (const line of lines.filter((one) => !isDeployment(one))) await shell.type(line);
  for (const line of lines.filter(isDeployment)) await shell.type(line);
}
