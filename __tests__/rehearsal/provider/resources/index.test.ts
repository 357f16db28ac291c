import { awsResources } from "@mam-infra/provider/resources/aws/index";
import { digitaloceanResources } from "@mam-infra/provider/resources/digitalocean/index";
import { awsSchema, digitaloceanSchema } from "@mam-infra/provider/schemas/index";
import { production } from "../../../../environments/production.ts";
import { staging } from "../../../../environments/staging.ts";
import { anEnvironment } from "../../../support/environments.ts";
import { stacksOf } from "../../../support/stacks.ts";

const { stacks } = stacksOf([anEnvironment(production), anEnvironment(staging)]);
const used = new Set(Object.values(stacks).flatMap(({ resource }) => Object.keys(resource)));
const played = [...awsResources, ...digitaloceanResources].map(({ type }) => type);

test.each([...used])("%s of the stacks has a schema and a behaviour", (type) => {
  const schemas = { ...awsSchema.resource_schemas, ...digitaloceanSchema.resource_schemas };

  expect(schemas[type]).toBeDefined();
  expect(played).toContain(type);
});

test("the only data source of a stack is another stack's state, which is Terraform's own", () => {
  const sources = Object.values(stacks).flatMap((stack) =>
    "data" in stack ? Object.keys(stack.data as object) : [],
  );

  expect(new Set(sources)).toEqual(new Set(["terraform_remote_state"]));
});
