import { resourcesIn } from "../../stacks/written-resources.ts";
import { type ExplainedResource, explainResource } from "../plan/resources.ts";

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

function resourcesOf(text = "{}"): Map<string, Readonly<Record<string, unknown>>> {
  const written = resourcesIn(JSON.parse(text));
  // What CDKTF notes of itself is under "//".
  return new Map(
    written.map(({ address, arguments: values }) => [address, { ...values, "//": undefined }]),
  );
}
