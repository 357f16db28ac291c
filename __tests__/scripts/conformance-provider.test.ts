import { digitaloceanResources } from "@mam-infra/provider";
import { digitaloceanSchema } from "@mam-infra/provider/schemas/index";
import { compareBehaviour } from "../../scripts/conformance/provider-behaviour.ts";
import { compareFields, printedProvider } from "../../scripts/conformance/provider-fields.ts";
import { providersDigest, readProviderRecord } from "../../scripts/conformance/provider-record.ts";

/** The schema as a program prints it, with something else in it. */
function printed(change: (types: Record<string, PrintedType>) => void) {
  const copy = JSON.parse(JSON.stringify(digitaloceanSchema)) as {
    resource_schemas: Record<string, PrintedType>;
  };
  change(copy.resource_schemas);
  return printedProvider.parse(copy);
}

interface PrintedType {
  version: number;
  block: { attributes: Record<string, object>; block_types: Record<string, object> };
}

const differing = (theirs: ReturnType<typeof printed>) =>
  compareFields(digitaloceanSchema, theirs).flatMap(({ what, difference }) =>
    difference === undefined ? [] : [`${what}: ${difference}`],
  );

test("descriptions, and flags that are false, are no difference", () => {
  const theirs = printed(({ digitalocean_vpc: vpc }) => {
    const { attributes } = vpc!.block;
    attributes.name = { ...attributes.name, description: "Name.", computed: false };
  });

  expect(differing(theirs)).toEqual([]);
});

test("another type, a flag, a field that is missing, a block's number and the state's version are named", () => {
  const theirs = printed(({ digitalocean_vpc: vpc, digitalocean_app: app }) => {
    vpc!.version = 3;
    vpc!.block.attributes.name = { type: "number", required: true };
    vpc!.block.attributes.region = { type: "string", optional: true };
    vpc!.block.attributes.color = { type: "string", computed: true };
    delete vpc!.block.attributes.urn;
    app!.block.block_types.spec = { ...app!.block.block_types.spec, max_items: 2 };
  });

  expect(differing(theirs)).toEqual([
    'digitalocean_app spec: {"max_items":1,"nesting_mode":"list"} here, {"max_items":2,"nesting_mode":"list"} there',
    "digitalocean_vpc version of the state: 0 here, 3 there",
    'digitalocean_vpc color: nothing here, {"computed":true,"type":"string"} there',
    'digitalocean_vpc name: {"required":true,"type":"string"} here, {"required":true,"type":"number"} there',
    'digitalocean_vpc region: {"required":true,"type":"string"} here, {"optional":true,"type":"string"} there',
    'digitalocean_vpc urn: {"computed":true,"type":"string"} here, nothing there',
  ]);
});

test("a replacement, a default, a timeout and an import are compared where they were read", () => {
  const cluster = digitaloceanResources.find(
    ({ type }) => type === "digitalocean_database_cluster",
  )!;
  const read = {
    force_new: [...(cluster.behaviour.force_new ?? []), "size"],
    timeouts: { create: "1h0m5s" },
    importable: false,
  };
  const found = compareBehaviour(cluster, read).filter(
    ({ difference }) => difference !== undefined,
  );

  expect(found).toEqual([
    {
      what: "digitalocean_database_cluster replaced by size",
      difference: "false here, true there",
    },
    {
      what: "digitalocean_database_cluster timeout of create",
      difference: "1800 here, 3605 there",
    },
    { what: "digitalocean_database_cluster imported", difference: "true here, false there" },
  ]);
});

test("what was compared is what is declared today: npm run conformance:provider -- --write", () => {
  const { digest, differences } = readProviderRecord();

  expect(digest).toBe(providersDigest());
  expect(differences.filter(({ why }) => why === undefined)).toEqual([]);
});
