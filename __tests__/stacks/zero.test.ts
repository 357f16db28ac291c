import { z } from "zod";

import { valueAt } from "../../environments/rules/findings.ts";
import { shapeOf, unwrap } from "../../environments/schema/partial.ts";
import { production } from "../../environments/production.ts";
import { type EnvironmentInput, environmentSchema } from "../../environments/schema/environment.ts";
import { nothingRotated } from "../../environments/schema/rotation.ts";
import { release } from "../support/environments.ts";
import { stacksOf } from "../support/stacks.ts";

/** Paths of the numbers of the configuration that may be 0. */
function mayBeZero(schema: z.core.$ZodType, path = ""): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodNumber) return (inner.minValue ?? 0) <= 0 ? [path] : [];
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, field]) =>
    mayBeZero(field, path ? `${path}.${key}` : key),
  );
}

/** Production with a field set to 0, or as it is. */
function withZero(path?: string) {
  const input = structuredClone(environmentSchema.parse(production)) as EnvironmentInput;
  if (path !== undefined) {
    const steps = path.split(".");
    const parent = valueAt(input, steps.slice(0, -1).join("."));
    if (typeof parent !== "object" || parent === null) throw new Error(`${path} is nowhere`);
    Reflect.set(parent, steps.at(-1) ?? "", 0);
  }
  return environmentSchema.parse(input);
}

/** Arguments that are the number 0, as `type.argument`, however often. */
function zeros(value: unknown, path: readonly string[] = []): string[] {
  if (value === 0) return [path.join(".")];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    zeros(member, /^\d+$/.test(key) ? path : [...path, key]),
  );
}

function zerosWith(path?: string): string[] {
  const environment = { config: withZero(path), release, rotation: nothingRotated };
  const { stacks } = stacksOf([environment]);
  return Object.values(stacks).flatMap(({ resource }) =>
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.values(byName).flatMap((block) => zeros(block, [type])),
    ),
  );
}

/**
 * What becomes of a 0 of the configuration: `text` is sent inside a variable or a duration; `number` is sent as it is;
 * `default` is not sent, and is what the platform does without it.
 */
const kinds: Readonly<Record<string, "text" | "number" | "default">> = {
  "storage.uploadCorsMaxAgeSeconds": "number",
  "services.frontend.health.initialDelaySeconds": "default",
  "services.api.health.initialDelaySeconds": "default",
  "services.edge.health.initialDelaySeconds": "default",
  "services.edge.scratchCacheMib": "text",
  "services.backup.hour": "text",
  "secrets.lifetimes.clockSkewSeconds": "text",
  "domain.corsMaxAgeSeconds": "text",
  "monitoring.objectives.errorRatePercent": "text",
  "monitoring.objectives.failedJobsPercent": "text",
  "monitoring.objectives.deadLetters": "text",
};

const fields = mayBeZero(environmentSchema);

test("every number that may be 0 is known, with what becomes of it", () => {
  // Its own rule holds these two to 1 and more; what a month is assumed to need is nobody's setting.
  const others = /\.(drainSeconds|graceSeconds)$|^cost\.assumptions\./;

  expect(fields.filter((path) => !others.test(path)).sort()).toEqual(Object.keys(kinds).sort());
});

test.each(Object.entries(kinds))("%s: 0 reaches the platform as %s", (path, kind) => {
  const added = [...new Set(zerosWith(path))].filter((zero) => !zerosWith().includes(zero));

  expect(added).toEqual(
    kind === "text"
      ? []
      : [
          path.startsWith("storage.")
            ? "aws_s3_bucket.cors_rule.max_age_seconds"
            : "digitalocean_app.spec.service.health_check.initial_delay_seconds",
        ],
  );
});

test("no setting of a database is ever 0, which its provider would not send", () => {
  const lowest = fields.map((path) => zerosWith(path)).flat();

  expect(
    [...zerosWith(), ...lowest].filter((zero) => zero.startsWith("digitalocean_database")),
  ).toEqual([]);
});
