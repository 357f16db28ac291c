import { posix } from "node:path";

import { type Node, type Source, target } from "./source.ts";

/** What is kept of a schema as it stands. */
const kept = [
  "type",
  "required",
  "enum",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "pattern",
  "format",
  "readOnly",
] as const;

/** Settings of engines that this project never creates. */
const leftOut = /\/(mysql|mongo|kafka|redis)_advanced_config\.yml$/;

/** Schemas in the form of JSON Schema, each that has a name once. */
export class Schemas {
  readonly #source: Source;
  readonly #named = new Map<string, Node>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** Every named schema, by its name. */
  sorted(): Readonly<Record<string, Node>> {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Derives a schema that stands in a file. */
  async derive(node: Node, file: string): Promise<Node> {
    if (typeof node.$ref === "string") return this.#reference(node.$ref, file);
    const plain = Object.fromEntries(
      kept.filter((word) => word in node).map((word) => [word, node[word]]),
    );
    const parts = await this.#parts(node, file);
    return bounds(node, nullable(node, { ...plain, ...parts }));
  }

  async #reference(reference: string, file: string): Promise<Node> {
    const { path, steps } = target(reference, file);
    const name = [posix.basename(path, ".yml"), ...steps].join(".");
    if (!this.#named.has(name)) {
      // Before its parts are read: a schema may contain itself.
      this.#named.set(name, {});
      const [found, place] = await this.#source.follow({ $ref: reference }, file);
      this.#named.set(name, await this.derive(found, place));
    }
    return { $ref: `#/schemas/${name}` };
  }

  async #parts(node: Node, file: string): Promise<Node> {
    const parts: Record<string, unknown> = {};
    for (const word of ["allOf", "anyOf", "oneOf"]) {
      const given = node[word] as readonly Node[] | undefined;
      if (given) parts[word] = await this.#list(given.filter(isPlayed), file);
    }
    if (node.items) parts.items = await this.derive(node.items as Node, file);
    if (node.properties) parts.properties = await this.#properties(node.properties as Node, file);
    const more = node.additionalProperties;
    if (typeof more === "object")
      parts.additionalProperties = await this.derive(more as Node, file);
    if (typeof more === "boolean") parts.additionalProperties = more;
    return parts;
  }

  async #properties(properties: Node, file: string): Promise<Node> {
    const derived: Record<string, Node> = {};
    for (const [name, schema] of Object.entries(properties)) {
      derived[name] = await this.derive(schema as Node, file);
    }
    return derived;
  }

  async #list(nodes: readonly Node[], file: string): Promise<Node[]> {
    const derived: Node[] = [];
    for (const node of nodes) derived.push(await this.derive(node, file));
    return derived;
  }
}

const isPlayed = ({ $ref }: Node) => typeof $ref !== "string" || !leftOut.test($ref);

/** OpenAPI 3.0 says beside the type that a value may be null; JSON Schema says it in the type. */
function nullable(node: Node, schema: Node): Node {
  if (node.nullable !== true) return schema;
  if (typeof node.type !== "string") return { anyOf: [schema, { type: "null" }] };
  const values = schema.enum as readonly unknown[] | undefined;
  return { ...schema, type: [node.type, "null"], ...(values && { enum: [...values, null] }) };
}

/** OpenAPI 3.0 says that a bound is exclusive by a switch; JSON Schema has a bound of its own for it. */
function bounds(node: Node, { minimum, maximum, ...schema }: Node): Node {
  const bound = (word: string, exclusive: string, value: unknown) =>
    value === undefined ? {} : { [node[exclusive] === true ? exclusive : word]: value };
  return {
    ...schema,
    ...bound("minimum", "exclusiveMinimum", minimum),
    ...bound("maximum", "exclusiveMaximum", maximum),
  };
}
