/** A box of an MP4 file: a type of four letters, and what is in it. */
export interface Box {
  readonly type: string;
  /** Without size and type. */
  readonly body: Buffer;
}

/** Bytes of a size and a type. */
const headerBytes = 8;

/** Splits what is in a box that holds boxes, or a whole file, into them. */
export function readBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + headerBytes <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    if (size < headerBytes || at + size > bytes.length)
      throw new Error(`a box of ${size} bytes at ${at} does not fit into ${bytes.length}`);
    const type = bytes.toString("latin1", at + 4, at + headerBytes);
    boxes.push({ type, body: bytes.subarray(at + headerBytes, at + size) });
    at += size;
  }
  return boxes;
}

/** The first box of a type. */
export function findBox(boxes: readonly Box[], type: string): Box {
  const box = boxes.find((candidate) => candidate.type === type);
  if (!box) throw new Error(`there is no box ${type}`);
  return box;
}

/** The box that a path of types leads to. */
export function boxAt(box: Box, ...path: readonly string[]): Box {
  return path.reduce((parent, type) => findBox(readBoxes(parent.body), type), box);
}

/** Writes a box with its size and type. */
export function writeBox(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(headerBytes + body.length);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, body]);
}

/** Writes the box again with other children: `change` answers each child as it is to be, or nothing to leave it out. */
export function rewriteBox(
  { type, body }: Box,
  change: (child: Box) => Buffer | undefined,
): Buffer {
  return writeBox(type, ...readBoxes(body).flatMap((child) => change(child) ?? []));
}

/** Writes a box as it is. */
export const copyBox = ({ type, body }: Box): Buffer => writeBox(type, body);
