import { crc32 } from "node:zlib";

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endHeader = 0x06054b50;
const version = 20;

/** An archive of files that are not compressed, as an artifact is downloaded (APPNOTE.TXT 6.3.10, PKWARE). */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [title, data] = [Buffer.from(name), Buffer.from(text)];
    const common = [0, 0, 0, 0, crc32(data), data.length, data.length];
    const local = Buffer.concat([
      header(localHeader, [version], common, title.length, 30),
      title,
      data,
    ]);
    centrals.push(central(common, title, offset));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endHeader, 0);
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function header(
  signature: number,
  versions: readonly number[],
  [flags = 0, method = 0, time = 0, date = 0, crc = 0, packed = 0, size = 0]: readonly number[],
  nameLength: number,
  length: number,
): Buffer {
  const made = Buffer.alloc(length);
  let at = made.writeUInt32LE(signature, 0);
  for (const one of [...versions, flags, method, time, date]) at = made.writeUInt16LE(one, at);
  for (const one of [crc, packed, size]) at = made.writeUInt32LE(one, at);
  made.writeUInt16LE(nameLength, at);
  return made;
}

function central(common: readonly number[], title: Buffer, offset: number): Buffer {
  const made = header(centralHeader, [version, version], common, title.length, 46);
  made.writeUInt32LE(offset, 42);
  return Buffer.concat([made, title]);
}

/** The files of an archive that {@link zip} made. */
export function unzip(archive: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  let at = 0;
  while (archive.readUInt32LE(at) === localHeader) {
    const size = archive.readUInt32LE(at + 18);
    const length = archive.readUInt16LE(at + 26);
    const begin = at + 30 + length;
    files[archive.toString("utf8", at + 30, begin)] = archive.toString("utf8", begin, begin + size);
    at = begin + size;
  }
  return files;
}
