import { versionDisagreements } from "../../src/engine/versions.ts";
import { awsSchema, digitaloceanSchema } from "../../src/schemas/index.ts";

const schemas = [awsSchema, digitaloceanSchema];
const pins = (aws: string | undefined, source = "aws") => ({
  terraform: {
    required_providers: {
      aws: { source, ...(aws === undefined ? {} : { version: aws }) },
      digitalocean: { source: "digitalocean/digitalocean", version: "2.99.1" },
    },
  },
});

test.each(["aws", "hashicorp/aws", "registry.terraform.io/hashicorp/aws"])(
  "the pin of the schema holds, with %s as its source",
  (source) => {
    expect(versionDisagreements(pins("5.100.0", source), schemas)).toEqual([]);
  },
);

test.each([
  ["5.99.0", "5.99.0"],
  ["~> 5.100", "~> 5.100"],
  [undefined, "no version"],
])("%s does not: a schema of another release proves nothing", (version, named) => {
  expect(versionDisagreements(pins(version), schemas)).toEqual([
    `Provider aws is pinned to ${named}, but the rehearsal has the schema of 5.100.0: pin it to 5.100.0 or read the schema again.`,
  ]);
});

test("a provider of which there is no schema is named", () => {
  const random = { terraform: { required_providers: { random: { source: "random" } } } };

  expect(versionDisagreements(random, schemas)).toEqual([
    "Provider random (random) is not rehearsed: packages/provider/src/schemas has no schema of it.",
  ]);
});

test("a provider that plays as a program is Terraform's to check", () => {
  expect(versionDisagreements(pins("5.99.0"), schemas, ["hashicorp/aws"])).toEqual([]);
});

test("a stack without providers has nothing to disagree about", () => {
  expect(versionDisagreements({ output: {} }, schemas)).toEqual([]);
});
