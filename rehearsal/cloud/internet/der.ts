// The few ASN.1 types that a certificate is made of, in DER (ITU-T X.690).

function value(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** One byte up to 127; above, the number of bytes that the length takes, and those. */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = bigEndian(length);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function bigEndian(number: number): number[] {
  return number < 0x100 ? [number] : [...bigEndian(Math.floor(number / 0x100)), number % 0x100];
}

/** SEQUENCE. */
export const sequence = (...parts: readonly Buffer[]): Buffer => value(0x30, ...parts);

/** SET. */
export const set = (...parts: readonly Buffer[]): Buffer => value(0x31, ...parts);

/** INTEGER that ends with the given bytes; a leading one keeps it positive and as short as it has to be. */
export const integer = (bytes: Buffer): Buffer => value(0x02, Buffer.from([1]), bytes);

/** A small INTEGER. */
export const smallInteger = (number: number): Buffer => value(0x02, Buffer.from([number]));

/** BOOLEAN true; false is the default everywhere it is used, and left out. */
export const isTrue = value(0x01, Buffer.from([0xff]));

/** UTF8String. */
export const utf8 = (text: string): Buffer => value(0x0c, Buffer.from(text, "utf8"));

/** OCTET STRING. */
export const octets = (content: Buffer): Buffer => value(0x04, content);

/** BIT STRING of whole bytes. */
export const bits = (content: Buffer): Buffer => value(0x03, Buffer.from([0]), content);

/** A value under a context tag, with the type's own tag inside: `[number] EXPLICIT`. */
export const explicit = (number: number, content: Buffer): Buffer => value(0xa0 | number, content);

/** A primitive value whose tag the context replaces: `[number] IMPLICIT`. */
export const implicit = (number: number, content: Buffer): Buffer => value(0x80 | number, content);

/** UTCTime, which certificates use up to the year 2049 (RFC 5280, 4.1.2.5). */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return value(0x17, Buffer.from(`${digits}Z`, "ascii"));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return value(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** Seven bits a byte, all but the last with the high bit set. */
function base128(number: number): number[] {
  const more = (rest: number): number[] =>
    rest === 0 ? [] : [...more(rest >> 7), 0x80 | (rest & 0x7f)];
  return [...more(number >> 7), number & 0x7f];
}
