import { createHash } from "node:crypto";

import { z } from "zod";

import { HcpError } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Output, StateVersion } from "./model.ts";

/** A state of format 4, as far as the service reads it. */
const stateSchema = z.looseObject({
  version: z.literal(4),
  outputs: z
    .record(
      z.string(),
      z.looseObject({ value: z.unknown(), type: z.unknown(), sensitive: z.boolean().optional() }),
    )
    .default({}),
});

const headerSchema = z.looseObject({ serial: z.number(), lineage: z.string() });

/**
 * Gives a pending version its content.
 *
 * @throws HcpError 422 when it is not what was announced, or no state.
 */
export function finalise(version: StateVersion, content: Buffer): void {
  if (createHash("md5").update(content).digest("hex") !== version.md5)
    throw new HcpError(422, "The MD5 of the state is not the one that was announced.");
  version.outputs = outputsOf(content);
  version.state = content;
  version.status = "finalized";
}

/** A version whose content is there already, as a run writes it. */
export function stateVersionOf(
  made: Pick<StateVersion, "id" | "workspaceId" | "createdAt">,
  content: Buffer,
): StateVersion {
  const { serial, lineage } = headerSchema.parse(jsonOf(content));
  const md5 = createHash("md5").update(content).digest("hex");
  const version: StateVersion = {
    ...made,
    serial,
    lineage,
    md5,
    status: "pending",
    state: undefined,
    jsonState: undefined,
    outputs: [],
  };
  finalise(version, content);
  return version;
}

function outputsOf(content: Buffer): Output[] {
  const parsed = stateSchema.safeParse(jsonOf(content));
  if (!parsed.success) throw new HcpError(422, "The content is no state of format 4.");
  return Object.entries(parsed.data.outputs).map(([name, { value, type, sensitive = false }]) => ({
    id: newId("wsout"),
    name,
    value,
    type,
    sensitive,
  }));
}

function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}
