import { readFileSync } from "node:fs";
import { z } from "zod";
import { ctyType, type CtyType } from "../values/type.ts";

/** One attribute of a block, with the flags Terraform itself acts on. */
export interface AttributeSchema {
  readonly type: CtyType;
  readonly required?: boolean | undefined;
  readonly optional?: boolean | undefined;
  /** The provider may decide the value when the configuration leaves it out. */
  readonly computed?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly deprecated?: boolean | undefined;
}

/** A block inside a block, and how often it may stand there. */
export interface NestedBlockSchema {
  readonly nesting_mode: "single" | "list" | "set" | "map" | "group";
  readonly block: BlockSchema;
  readonly min_items?: number | undefined;
  readonly max_items?: number | undefined;
}

/** What a block may hold. */
export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly block_types: Readonly<Record<string, NestedBlockSchema>>;
}

/** A resource type's block and the version its state is written in. */
export interface Schema {
  readonly version: number;
  readonly block: BlockSchema;
}

/**
 * Everything one provider tells Terraform about itself.
 *
 * Terraform rejects with it what the real provider would reject, so it must be the real one's.
 */
export interface ProviderSchema {
  /** Source address in full; a shorter one makes Terraform ignore the embedded provider silently. */
  readonly address: string;
  /** The release the schema was read from. A configuration pinned elsewhere is not rehearsed. */
  readonly version: string;
  readonly provider: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
}

const flag = z.boolean().optional();
const attribute = z.strictObject({
  type: ctyType,
  required: flag,
  optional: flag,
  computed: flag,
  sensitive: flag,
  deprecated: flag,
});
const block: z.ZodType<BlockSchema> = z.lazy(() =>
  z.strictObject({
    attributes: z.record(z.string(), attribute).default({}),
    block_types: z.record(z.string(), nestedBlock).default({}),
  }),
);
const nestedBlock: z.ZodType<NestedBlockSchema> = z.strictObject({
  nesting_mode: z.enum(["single", "list", "set", "map", "group"]),
  block,
  min_items: z.int().optional(),
  max_items: z.int().optional(),
});
const schema = z.strictObject({ version: z.int(), block });
const schemaFile = z.strictObject({
  provider: schema,
  resource_schemas: z.record(z.string(), schema),
});

/**
 * Reads a schema as `terraform providers schema -json` prints it for one provider.
 *
 * A field it does not know is an error: an unread flag would change what is accepted.
 */
export function parseProviderSchema(
  address: string,
  version: string,
  json: unknown,
): ProviderSchema {
  return { address, version, ...schemaFile.parse(json) };
}

function readSchema(address: string, version: string, file: string): ProviderSchema {
  return parseProviderSchema(
    address,
    version,
    JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")),
  );
}

/** The schema of digitalocean/digitalocean, cut down to the resource types the stacks use. */
export const digitaloceanSchema: ProviderSchema = readSchema(
  "registry.terraform.io/digitalocean/digitalocean",
  "2.99.1",
  "./digitalocean.json",
);

/** The schema of hashicorp/aws, cut down to the resource types the storage stack uses on Wasabi. */
export const awsSchema: ProviderSchema = readSchema(
  "registry.terraform.io/hashicorp/aws",
  "5.100.0",
  "./aws.json",
);
