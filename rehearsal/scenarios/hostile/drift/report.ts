import { z } from "zod";

import type { Mam } from "../../../harness/mam.ts";

/** What `mam` says about what differs. */
export interface Report {
  /** What a plan found, by address and path. */
  readonly planned: readonly {
    readonly address: string;
    readonly path: string;
    readonly text: string;
  }[];
  /** What verify found, one text for each finding. */
  readonly verified: readonly { readonly id: string; readonly text: string }[];
  /** Exit codes of `mam drift` and of `mam verify`. */
  readonly codes: readonly [number, number];
}

const attribute = z.looseObject({ path: z.string() });

const fieldSchema = z.looseObject({ address: z.string(), path: z.string() });

const driftSchema = z.looseObject({
  drift: z.array(fieldSchema),
  left: z.array(fieldSchema),
  stacks: z.array(
    z.looseObject({
      resources: z.array(z.looseObject({ address: z.string(), attributes: z.array(attribute) })),
    }),
  ),
});

const verifySchema = z.looseObject({
  checks: z.array(
    z.looseObject({
      id: z.string(),
      findings: z.array(
        z.looseObject({ resource: z.string(), expected: z.string(), found: z.string() }),
      ),
    }),
  ),
});

/** Asks `mam drift` and `mam verify`, one after the other, as a person would. */
export async function askMam(mam: Mam): Promise<Report> {
  const [drift, verify] = await Promise.all([
    mam.run("drift", "--json"),
    mam.run("verify", "--json"),
  ]);
  const { drift: drifted, left, stacks } = driftSchema.parse(JSON.parse(drift.stdout));
  const changed = stacks.flatMap(({ resources }) =>
    resources.flatMap(({ address, attributes }) =>
      attributes.map(({ path }) => ({ address, path })),
    ),
  );
  const { checks } = verifySchema.parse(JSON.parse(verify.stdout));
  return {
    planned: [...drifted, ...left, ...changed].map(({ address, path }) => ({
      address,
      path,
      text: `${address} ${path}`,
    })),
    verified: checks.flatMap(({ id, findings }) =>
      findings.map(({ resource, expected, found }) => ({
        id,
        text: `${resource}: expected ${expected}, found ${found}`,
      })),
    ),
    codes: [drift.exitCode, verify.exitCode],
  };
}
