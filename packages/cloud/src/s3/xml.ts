import XMLBuilder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

/** What can stand in an element: text, elements by name, or several of either. Absent values are left out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [element: string]: XmlValue };

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A key may end with it, and a reader would take it for a line end. The library's own escaping leaves it as it is.
  "\r": "&#13;",
};

const escapeXml = (_: string, value: unknown) =>
  String(value).replace(/[&<>"\r]/g, (found) => entities[found] ?? found);

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  processEntities: false,
  tagValueProcessor: escapeXml,
  attributeValueProcessor: escapeXml,
});

/**
 * Writes an XML document. A list becomes the element repeated; keys that begin with `@` become attributes.
 *
 * @param namespace default namespace of the root; S3's errors have none.
 */
export function writeXml(root: string, content: XmlValue, namespace?: string): string {
  const elements = typeof content === "object" ? content : { "#text": content };
  const document = Object.assign(namespace === undefined ? {} : { "@xmlns": namespace }, elements);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: document })}`;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  // Keys may begin and end with spaces.
  trimValues: false,
  // Reads character references such as `&#13;`; entities of a document's own are refused below.
  htmlEntities: true,
});

/** A document that is no XML, or has another shape than the operation takes; the message says what and where. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

/**
 * Reads a document whose root element has the given name, and checks its content. Every value is text; an empty element
 * is `""`. Namespace declarations are dropped; everything else the schema does not know is refused by name.
 *
 * @throws XmlError
 */
export function readXml<T extends z.ZodType>(body: string, root: string, schema: T): z.output<T> {
  if (body.includes("<!DOCTYPE")) throw new XmlError("The body has a document type.");
  if (!isBalanced(body)) throw new XmlError("The body is no well-formed XML.");
  const document = withoutNamespaces(parser.parse(body));
  const parsed = z.strictObject({ [root]: schema }).safeParse(document);
  if (!parsed.success) throw new XmlError(z.prettifyError(parsed.error).replace(/\s*\n\s*/g, " "));
  // The schema has exactly this key, which its inferred type cannot say.
  return parsed.data[root] as z.output<T>;
}

/** The parser reads unbalanced documents too, as if the missing ends were there; S3 refuses them. */
function isBalanced(body: string): boolean {
  const open: string[] = [];
  const markup =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/]+)[^<>]*?(\/?)>/g;
  for (const [, end, name, empty] of body.matchAll(markup)) {
    if (name === undefined || empty === "/") continue;
    if (end === "") open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

function withoutNamespaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNamespaces);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, child]) => !/^@xmlns(:|$)/.test(key) && !isIndentation(key, child, value),
  );
  // An element that had nothing but a namespace is an empty element.
  if (entries.length === 0) return "";
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === "#text") return only[1];
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutNamespaces(child)]));
}

function isIndentation(key: string, text: unknown, element: object): boolean {
  const hasChildren = Object.keys(element).some(
    (name) => name !== "#text" && !name.startsWith("@"),
  );
  return key === "#text" && typeof text === "string" && text.trim() === "" && hasChildren;
}

/** An element that may be there several times, once, or not at all. */
export function repeated<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );
}

/** An element with children, all of which may be missing. */
export function container<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? {} : value),
    schema,
  );
}

/** A whole number written in an element. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, "must be a whole number")
  .transform(Number);
