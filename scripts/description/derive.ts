import { shapeOf } from "../../rehearsal/conformance/operations.ts";
import { type Node, Source } from "./source.ts";
import { Schemas } from "./schemas.ts";

/** What is derived from a description. */
export interface Derived {
  readonly operations: Readonly<Record<string, Node>>;
  readonly schemas: Readonly<Record<string, Node>>;
  readonly others: readonly string[];
}

const methods = ["get", "post", "put", "patch", "delete"];

/**
 * Derives operations and the schemas that they name.
 *
 * @param read text of a file of the description, by its path under `specification/`.
 * @param used operations that are wanted, as `shapeOf` writes them; all others are only listed.
 */
export async function deriveDescription(
  read: (path: string) => Promise<string>,
  used: ReadonlySet<string>,
): Promise<Derived> {
  const source = new Source(read);
  const schemas = new Schemas(source);
  const root = "DigitalOcean-public.v2.yaml";
  const paths = (await source.file(root)).paths as Readonly<Record<string, Record<string, Node>>>;
  const all = Object.entries(paths).flatMap(([path, item]) =>
    methods.filter((method) => method in item).map((method) => ({ path, method, item })),
  );
  const operations: Record<string, Node> = {};
  const others: string[] = [];
  for (const { path, method, item } of all) {
    const name = `${method.toUpperCase()} ${path}`;
    if (!used.has(shapeOf(method.toUpperCase(), path))) others.push(name);
    else operations[name] = await operation(source, schemas, [item[method] ?? {}, root]);
  }
  return { operations, schemas: schemas.sorted(), others };
}

type Located = readonly [node: Node, file: string];

async function operation(source: Source, schemas: Schemas, reference: Located): Promise<Node> {
  const [node, file] = await source.follow(...reference);
  const query = await queryOf(source, schemas, [node, file]);
  const body = await contentOf(source, schemas, [(node.requestBody ?? {}) as Node, file]);
  const answers: Record<string, unknown> = {};
  for (const [status, answer] of Object.entries((node.responses ?? {}) as Record<string, Node>)) {
    if (!status.startsWith("2")) continue;
    answers[status] = (await contentOf(source, schemas, [answer, file])) ?? {};
  }
  return { ...(query && { query }), ...(body && { body }), answers };
}

/** Parameters of the query as one schema of an object. */
async function queryOf(source: Source, schemas: Schemas, [node, file]: Located) {
  const properties: Record<string, Node> = {};
  const required: string[] = [];
  for (const one of (node.parameters ?? []) as readonly Node[]) {
    const [parameter, place] = await source.follow(one, file);
    if (parameter.in !== "query") continue;
    const name = String(parameter.name);
    properties[name] = await schemas.derive((parameter.schema ?? {}) as Node, place);
    if (parameter.required === true) required.push(name);
  }
  if (Object.keys(properties).length === 0) return undefined;
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

async function contentOf(source: Source, schemas: Schemas, reference: Located) {
  const [node, file] = await source.follow(...reference);
  const content = (node.content ?? {}) as Record<string, Node>;
  const schema = content["application/json"]?.schema as Node | undefined;
  return schema && (await schemas.derive(schema, file));
}
