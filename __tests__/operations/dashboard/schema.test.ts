import { production } from "../../../environments/production.ts";
import { dashboardDocument } from "../../../monitoring/dashboard.ts";
import { schemaViolations } from "../../../operations/dashboard/schema.ts";
import { checked } from "../../support/environments.ts";

const document = dashboardDocument(checked(production), { app: "a", postgres: "p", valkey: "v" });
const schema = (panel: object) => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  required: ["kind", "spec"],
  properties: {
    spec: {
      type: "object",
      properties: {
        panels: { additionalProperties: { type: "object", properties: { spec: panel } } },
      },
    },
  },
});
const kinds = (...names: string[]) =>
  schema({ properties: { plugin: { properties: { kind: { enum: names } } } } });

test("a document that satisfies the schema has no violation", async () => {
  expect(await schemaViolations(kinds("Markdown", "TimeSeriesChart"), document)).toEqual([]);
});

test("a kind of panel that the platform does not have is named, with its place, a few times at most", async () => {
  const violations = await schemaViolations(kinds("Markdown"), document);

  expect(violations[0]).toMatch(/^\/spec\/panels\/services-requests\/spec\/plugin\/kind must be /);
  expect(violations).toHaveLength(6);
  expect(violations.at(-1)).toMatch(/^and \d+ more$/);
});

test("keywords and formats of the platform's own are no violation", async () => {
  const own = { ...kinds("Markdown", "TimeSeriesChart"), "x-digitalocean": 1, format: "dashboard" };

  expect(await schemaViolations(own, document)).toEqual([]);
});

test("a schema that is none is an error", async () => {
  await expect(schemaViolations({ type: "nonsense" }, document)).rejects.toThrow("type");
});
