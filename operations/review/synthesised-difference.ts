import { z } from "zod";

import { type ExplainedResource, explainResource } from "../plan/resources.ts";

const synthesisedSchema = z.looseObject({
  resource: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
});

/** What one synthesised stack has otherwise than another. What Terraform makes of it is not known here. */
export function changesBetween(
  before: string | undefined,
  after: string | undefined,
): ExplainedResource[] {
  const [old, fresh] = [resourcesOf(before), resourcesOf(after)];
  const addresses = [...new Set([...old.keys(), ...fresh.keys()])];
  return addresses.flatMap((address) => {
    const [was, is] = [old.get(address), fresh.get(address)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const [type = "", name = ""] = address.split(".");
    const actions = [!was ? "create" : is ? "update" : "delete"];
    const change = { actions, before: was ?? null, after: is ?? null };
    const { resource } = explainResource({ address, mode: "managed", type, name, change });
    return resource ? [resource] : [];
  });
}

function resourcesOf(text: string | undefined): Map<string, Readonly<Record<string, unknown>>> {
  const { resource } = synthesisedSchema.parse(JSON.parse(text ?? "{}"));
  const named = Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, values]) => [`${type}.${name}`, values] as const),
  );
  // What CDKTF notes of itself is under "//".
  return new Map(named.map(([address, values]) => [address, { ...values, "//": undefined }]));
}
