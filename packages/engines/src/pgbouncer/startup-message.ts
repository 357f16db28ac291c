/** What a PostgreSQL client asks for first. Source: PostgreSQL's documentation, "Message Formats". */
export type FirstRequest =
  | { readonly kind: "tls" }
  | { readonly kind: "cancel" }
  | {
      readonly kind: "start";
      readonly version: number;
      readonly parameters: ReadonlyMap<string, string>;
    };

const codes = { tls: 80_877_103, cancel: 80_877_102 } as const;

/** Asks a server for TLS. It answers with one byte: `S` for yes. */
export const tlsRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Length of the message that begins here; undefined while that cannot be told. */
export const lengthOf = (bytes: Buffer) => (bytes.length < 4 ? undefined : bytes.readInt32BE(0));

/** Reads the first message of a connection. @param message with its length, whole. */
export function readRequest(message: Buffer): FirstRequest {
  const code = message.readInt32BE(4);
  if (code === codes.tls) return { kind: "tls" };
  if (code === codes.cancel) return { kind: "cancel" };
  const texts = message.subarray(8).toString("utf8").split("\0");
  const pairs = texts.flatMap((name, index) =>
    index % 2 === 0 && name !== "" ? [[name, texts[index + 1] ?? ""] as const] : [],
  );
  return { kind: "start", version: code, parameters: new Map(pairs) };
}

/** Writes the message that starts a session. */
export function startMessage(version: number, parameters: ReadonlyMap<string, string>): Buffer {
  const texts = [...parameters].flatMap(([name, value]) => [name, value]);
  const body = Buffer.from(`${[...texts, ""].join("\0")}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + head.length, 0);
  head.writeInt32BE(version, 4);
  return Buffer.concat([head, body]);
}

/** An error that ends a session before it began, as a server writes it. */
export function fatalError(code: string, message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
