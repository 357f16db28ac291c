import { markdownCode, markdownText, printable } from "./printable.ts";

/** Every way in which a secret may stand in a text and still be read by whoever wants to. */
export function spellingsOf(value: string): string[] {
  const inJson = jsonEscaped(value);
  const spellings = [
    value,
    ...inAddress(value),
    ...inBase64(Buffer.from(value)),
    Buffer.from(value).toString("hex"),
    inJson,
    jsonEscaped(inJson),
    ...goEscaped(inJson),
    ...inHtml(value),
    value.replaceAll("'", "'\\''"),
    printable(value),
    markdownText(value),
    markdownCode(value).replaceAll(/^`+ ?| ?`+$/g, ""),
  ];
  return [...new Set(spellings)];
}

function jsonEscaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Go's JSON, which Terraform and its providers write, escapes what HTML would take for markup. */
function goEscaped(inJson: string): string[] {
  const escaped = inJson.replaceAll(
    /[<>&]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [escaped, jsonEscaped(escaped)];
}

/** In a path, in a query, and in a form; S3's signatures also escape what JavaScript leaves as it is. */
function inAddress(value: string): string[] {
  // Half a character cannot be part of an address.
  const valid = Buffer.from(value).toString();
  const component = encodeURIComponent(valid);
  const strict = component.replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const form = new URLSearchParams([["", valid]]).toString().slice(1);
  const forms = [component, strict, form, strict.replaceAll("%20", "+"), encodeURI(valid)];
  return forms.flatMap((form) => [form, form.replaceAll(/%[0-9A-F]{2}/g, lowerCase)]);
}

const lowerCase = (text: string) => text.toLowerCase();

/**
 * In base64, by itself and behind one or two further bytes: a password behind a user's name, as HTTP sends them, has
 * other letters than the password alone. Letters that hold bits of the neighbours are left out.
 */
function inBase64(bytes: Buffer): string[] {
  const behind = [0, 1, 2].map((count) => {
    const letters = Buffer.concat([Buffer.alloc(count), bytes]).toString("base64");
    const whole = Math.floor(((count + bytes.length) * 8) / 6);
    return letters.slice(Math.ceil((count * 8) / 6), whole);
  });
  const forms = [bytes.toString("base64"), bytes.toString("base64").replace(/=+$/, ""), ...behind];
  return forms.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

const entities: Readonly<Record<string, readonly string[]>> = {
  "&": ["&amp;"],
  "<": ["&lt;"],
  ">": ["&gt;"],
  '"': ["&quot;", "&#34;"],
  "'": ["&#39;", "&#x27;", "&apos;"],
};

/** As HTML writes it: each program has its own entities for the two quotes. */
function inHtml(value: string): string[] {
  return [0, 1, 2].map((choice) =>
    value.replaceAll(/[&<>"']/g, (sign) => entities[sign]?.[choice] ?? entities[sign]?.[0] ?? sign),
  );
}
