import { deriveDescription } from "../../scripts/description/derive.ts";

const files: Readonly<Record<string, string>> = {
  "DigitalOcean-public.v2.yaml": `
paths:
  /v2/things/{thing_id}:
    put: { $ref: resources/things/update.yml }
  /v2/others:
    get: { $ref: resources/others/list.yml }
`,
  "resources/things/update.yml": `
summary: A sentence that must not be kept
parameters:
  - { in: query, name: dry, required: true, schema: { type: boolean, description: words } }
  - { in: path, name: thing_id, schema: { type: string } }
requestBody:
  content:
    application/json: { schema: { $ref: "models/thing.yml" } }
responses:
  "200":
    content:
      application/json: { schema: { $ref: "models/thing.yml" } }
  "404": { content: { application/json: { schema: { type: string } } } }
`,
  "resources/things/models/thing.yml": `
type: object
required: [name]
properties:
  name: { type: string, maxLength: 9, example: example, description: words }
  description: { type: string, nullable: true, enum: [a, b] }
  size: { type: integer, minimum: 0, exclusiveMinimum: true }
  inner: { $ref: "thing.yml" }
`,
};

const derive = () =>
  deriveDescription((path) => Promise.resolve(files[path] ?? ""), new Set(["PUT /v2/things/{}"]));

test("what is used is derived with its query, body and answers, and the rest only listed", async () => {
  const { operations, others } = await derive();
  const thing = { $ref: "#/schemas/thing" };

  expect(operations).toEqual({
    "PUT /v2/things/{thing_id}": {
      query: { type: "object", properties: { dry: { type: "boolean" } }, required: ["dry"] },
      body: thing,
      answers: { "200": thing },
    },
  });
  expect(others).toEqual(["GET /v2/others"]);
});

test("a schema keeps types, enums, bounds and what is required, and no words", async () => {
  const { schemas } = await derive();

  expect(schemas).toEqual({
    thing: {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", maxLength: 9 },
        description: { type: ["string", "null"], enum: ["a", "b", null] },
        size: { type: "integer", exclusiveMinimum: 0 },
        inner: { $ref: "#/schemas/thing" },
      },
    },
  });
});
