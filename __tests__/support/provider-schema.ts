import type {
  AttributeSchema,
  BlockSchema,
  ProviderSchema,
} from "@mam-infra/provider/schemas/index";
import type { TerraformJson } from "./stacks.ts";

/** Arguments that Terraform itself understands in every resource. */
const metaArguments = new Set(["//", "lifecycle", "depends_on", "provider", "count", "for_each"]);

/** What a provider's schema objects to in a stack: unknown names, wrong types, missing arguments, too many blocks. */
export function schemaObjections(
  stack: TerraformJson,
  schemas: readonly ProviderSchema[],
): string[] {
  return Object.entries(stack.resource).flatMap(([type, byName]) => {
    // Terraform's own, of which no provider says anything.
    if (type === "terraform_data") return [];
    const schema = schemas.find(({ resource_schemas }) => resource_schemas[type])?.resource_schemas[
      type
    ];
    if (!schema) return [`${type} is unknown`];
    return Object.entries(byName).flatMap(([name, block]) => {
      const argumentsOnly = Object.entries(block).filter(([key]) => !metaArguments.has(key));
      return blockObjections(Object.fromEntries(argumentsOnly), schema.block, `${type}.${name}`);
    });
  });
}

function blockObjections(value: unknown, schema: BlockSchema, path: string): string[] {
  if (!isObject(value)) return [`${path} is no block`];
  const required = Object.entries(schema.attributes)
    .filter(([name, attribute]) => attribute.required && value[name] === undefined)
    .map(([name]) => `${path}.${name} is required`);
  const objections = Object.entries(value).flatMap(([name, field]) => {
    const attribute = schema.attributes[name];
    if (attribute) return attributeObjections(field, attribute, `${path}.${name}`);
    const nested = schema.block_types[name];
    if (!nested) return [`${path}.${name} does not exist`];
    const blocks: unknown[] = Array.isArray(field) ? field : [field];
    const tooMany =
      nested.max_items !== undefined && nested.max_items > 0 && blocks.length > nested.max_items;
    return [
      ...(tooMany ? [`${path}.${name} may stand there ${nested.max_items} times`] : []),
      ...blocks.flatMap((block, index) =>
        blockObjections(block, nested.block, `${path}.${name}[${index}]`),
      ),
    ];
  });
  return [...required, ...objections];
}

function attributeObjections(value: unknown, attribute: AttributeSchema, path: string): string[] {
  if (!attribute.required && !attribute.optional) return [`${path} is read-only`];
  return hasType(value, attribute.type)
    ? []
    : [`${path} is ${JSON.stringify(value)}, not ${JSON.stringify(attribute.type)}`];
}

function hasType(value: unknown, type: AttributeSchema["type"]): boolean {
  if (typeof value === "string" && /(^|[^$])\$\{/.test(value)) return true;
  if (type === "string") return typeof value === "string";
  if (type === "number") return typeof value === "number";
  if (type === "bool") return typeof value === "boolean";
  if (Array.isArray(type) && (type[0] === "list" || type[0] === "set")) {
    const element = type[1];
    return Array.isArray(value) && value.every((item) => hasType(item, element as typeof type));
  }
  throw new Error(`no check for type ${JSON.stringify(type)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
