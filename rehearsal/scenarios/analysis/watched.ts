import { z } from "zod";

import type { Release } from "../../../environments/schema/release.ts";
import { entrySchema } from "../../../operations/ledger/entry.ts";
import { succeeded } from "../../harness/commands.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";
import { operandsOf } from "../mam/images.ts";

const listSchema = z.object({ releases: z.array(entrySchema) });

/** Lines of a command that say what came of it. */
const lastLines = 25;

/** Releases images, and deploys them with `--analyse` and `--rollback-on-failure`. @returns what came of it, and what the history says. */
export async function releaseAndWatch(
  { sealedMam, expect }: ScenarioContext,
  release: Release,
  duration: string,
) {
  expect(
    "mam release takes what the registry has",
    succeeded(await sealedMam.run("release", ...operandsOf(release))),
  );
  const begun = performance.now();
  const options = ["--yes", "--analyse", duration, "--rollback-on-failure"];
  const { exitCode, output, log } = await sealedMam.run("deploy", ...options);
  const seconds = (performance.now() - begun) / 1000;
  const listed = await sealedMam.run("rollback", "--list", "--json");
  const { releases } = listSchema.parse(JSON.parse(listed.stdout));
  const watched = releases.findLast((one) => one.analysis !== undefined);
  return {
    ...{ exitCode, log, seconds },
    said: output.split("\n").slice(-lastLines).join("\n"),
    analysis: watched?.analysis,
    results: releases.map(({ kind, result }) => `${kind} ${result}`),
  };
}
