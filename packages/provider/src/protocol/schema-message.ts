import type { BlockSchema, Schema } from "../schemas/index.ts";
import type { BlockMessage, SchemaMessage } from "./messages.ts";

function blockMessage(block: BlockSchema): BlockMessage {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
      ...attribute,
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
    })),
    block_types: Object.entries(block.block_types).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: nested.nesting_mode.toUpperCase(),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

/** Writes a schema for the protocol. */
export function schemaMessage(schema: Schema): SchemaMessage {
  return { version: schema.version, block: blockMessage(schema.block) };
}
