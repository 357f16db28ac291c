import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readEnvironment } from "@mam-services/common/environment";
import {
  playbackObjectives,
  requestObjectives,
} from "@mam-services/common/service-levels/objectives";
import { serviceLevelsSchema } from "@mam-services/common/service-levels/verdict";

import { environmentContract } from "../../../../constructs/app/contract.ts";
import { serviceLevelVariables } from "../../../../constructs/app/contract/service-levels.ts";
import { monitoringSchema } from "../../../../environments/schema/monitoring.ts";
import { readApiEnvironment } from "../../../api/src/environment.ts";
import { variablesOf } from "../../../local/api-variables.ts";

const { objectives } = monitoringSchema.parse(undefined);

/** The default of the platform for a variable of the contract. */
function promised(name: string): unknown {
  const { source } = serviceLevelVariables.find((variable) => variable.name === name)!;
  assert.ok(source.kind === "value");
  const field = source.field?.path.replace("monitoring.objectives.", "") ?? "";
  return objectives[field as keyof typeof objectives];
}

test("a service that is told no objectives has those of the platform", () => {
  const read = readEnvironment({ ...requestObjectives, ...playbackObjectives }, {});

  for (const [name, value] of Object.entries(read)) assert.equal(value, promised(name), name);
});

test("the api reads every objective that it is told", () => {
  const told = environmentContract.filter(
    ({ name, components }) => name.startsWith("SERVICE_LEVEL_") && components.includes("api"),
  );
  const variables = variablesOf(
    { api: { POSTGRES_URL: "postgresql://x", POSTGRES_CA_CERT: "x" } },
    { REDIS_URL: "rediss://x", authorityFile: "x" },
    {
      buckets: {},
      keys: { uploader: {}, promoter: {} },
      endpoint: "http://x",
      region: "x",
    } as never,
  );
  const set = Object.fromEntries(told.map(({ name }, index) => [name, String(index + 1)]));
  // A key that the stand-in for storage lacks is undefined, which the type does not say.
  const filled = Object.fromEntries(
    Object.entries<string | undefined>({ ...variables, ...set }).map(([name, value]) => [
      name,
      value ?? "x",
    ]),
  );
  const read: Readonly<Record<string, unknown>> = readApiEnvironment(filled);
  const unset: Readonly<Record<string, unknown>> = readApiEnvironment({
    ...filled,
    ...Object.fromEntries(told.map(({ name }) => [name, undefined])),
  });

  assert.equal(told.length, 9);
  told.forEach(({ name }, index) => {
    assert.equal(read[name], index + 1, name);
    // Who is told of no backup has none to be old.
    const isBackup = name === "SERVICE_LEVEL_BACKUP_AGE_HOURS";
    assert.equal(unset[name], isBackup ? 0 : promised(name), name);
  });
});

test("the answer on the contract's page is one that a service gives", () => {
  const page = readFileSync(new URL("../../../../docs/service-levels.md", import.meta.url), "utf8");
  const [, example = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
  const answer: unknown = JSON.parse(example);

  assert.deepEqual(serviceLevelsSchema.parse(answer), answer);
});
