import { awsSchema, digitaloceanSchema, parseProviderSchema } from "../../src/schemas/index.ts";

test("each schema names the provider release it was read from", () => {
  expect([digitaloceanSchema, awsSchema].map((schema) => [schema.address, schema.version])).toEqual(
    [
      ["registry.terraform.io/digitalocean/digitalocean", "2.99.1"],
      ["registry.terraform.io/hashicorp/aws", "5.100.0"],
    ],
  );
});

test("the fields that the bindings lack are in the schema of the pinned release", () => {
  const spec = digitaloceanSchema.resource_schemas.digitalocean_app?.block.block_types.spec?.block;
  const service = spec?.block_types.service?.block;

  expect(service?.block_types.liveness_health_check?.nesting_mode).toBe("list");
  expect(spec?.block_types.ingress?.block.block_types.secure_header?.nesting_mode).toBe("list");
});

test("a flag that nobody knows is refused instead of being dropped", () => {
  const file = {
    provider: { version: 0, block: {} },
    resource_schemas: {
      thing: { version: 0, block: { attributes: { a: { type: "string", write_only: true } } } },
    },
  };

  expect(() => parseProviderSchema("example.com/a/b", "1.0.0", file)).toThrow(/write_only/);
});
