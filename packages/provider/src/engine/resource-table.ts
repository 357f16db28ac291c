import type { BlockSchema, ProviderSchema, Schema } from "../schemas/index.ts";
import { behaviourPaths } from "./behaviour.ts";
import type { ResourceType } from "./resource.ts";

/** A resource type and its schema. */
export interface ResourceEntry<Client> {
  readonly schema: Schema;
  readonly resource: ResourceType<Client>;
}

function holdsPath(block: BlockSchema, path: readonly string[]): boolean {
  const [name = "", ...rest] = path;
  if (rest.length === 0) return name in block.attributes || name in block.block_types;
  const nested = block.block_types[name];
  return nested !== undefined && holdsPath(nested.block, rest);
}

/**
 * Brings schemas and resource types together.
 *
 * @throws Error when one has no counterpart, or a behaviour speaks of a path that its schema lacks:
 * a row that matches nothing would be a behaviour that silently is not there.
 */
export function resourceTable<Client>(
  schema: ProviderSchema,
  resources: readonly ResourceType<Client>[],
): ReadonlyMap<string, ResourceEntry<Client>> {
  const table = new Map<string, ResourceEntry<Client>>();
  for (const resource of resources) {
    const held = schema.resource_schemas[resource.type];
    if (held === undefined) throw new Error(`${resource.type} has no schema in ${schema.address}`);
    const strange = behaviourPaths(resource.behaviour).find(
      (path) => !holdsPath(held.block, path.split(".")),
    );
    if (strange !== undefined) throw new Error(`${resource.type}: the schema has no ${strange}`);
    table.set(resource.type, { schema: held, resource });
  }
  const missing = Object.keys(schema.resource_schemas).find((type) => !table.has(type));
  if (missing !== undefined) throw new Error(`${missing} has a schema but is not implemented`);
  return table;
}
