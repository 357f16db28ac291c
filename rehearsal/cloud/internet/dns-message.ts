// Queries and answers of the domain name system (RFC 1035, section 4), as far as a resolver asks for addresses,
// aliases, name servers and certificate authorities. Names are never compressed: an answer here fits a datagram.

/** Types of records that are answered, with their numbers. CAA: RFC 8659. */
const typeNumbers = { A: 1, NS: 2, CNAME: 5, CAA: 257 } as const;

/** Type of a record that is answered. */
export type RecordType = keyof typeof typeNumbers;

/** A record of an answer. */
export type ResourceRecord =
  | { readonly name: string; readonly type: "A" | "CNAME" | "NS"; readonly data: string }
  | {
      readonly name: string;
      readonly type: "CAA";
      readonly flags: number;
      readonly tag: string;
      readonly data: string;
    };

/** A question. */
export interface Question {
  readonly id: number;
  readonly name: string;
  /** Undefined for a type that is not answered here. */
  readonly type: RecordType | undefined;
  /** The question as it came, to be repeated in the answer. */
  readonly raw: Buffer;
}

/** What an answer says beside its records. */
export const responseCodes = { answered: 0, serverFailure: 2, noSuchName: 3 } as const;

/** An answer to a question. */
export interface Answer {
  readonly code: (typeof responseCodes)[keyof typeof responseCodes];
  readonly records: readonly ResourceRecord[];
}

const headerBytes = 12;
const [internet, secondsToLive] = [1, 60];
/** A response to a question that asked for recursion, by a server that offers it. */
const responseFlags = 0x8180;

/** Reads the first question of a message. @throws Error for a message that ends too early. */
export function readQuestion(message: Buffer): Question {
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("ascii", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const number = message.readUInt16BE(at + 1);
  const types = Object.keys(typeNumbers) as RecordType[];
  return {
    id: message.readUInt16BE(0),
    name: labels.join(".").toLowerCase(),
    type: types.find((type) => typeNumbers[type] === number),
    raw: message.subarray(headerBytes, at + 5),
  };
}

/** Writes the answer to a question. */
export function writeAnswer({ id, raw }: Question, { code, records }: Answer): Buffer {
  const header = numbers(id, responseFlags | code, 1, records.length, 0, 0);
  return Buffer.concat([header, raw, ...records.map(recordBytes)]);
}

function recordBytes(record: ResourceRecord): Buffer {
  const data = dataOf(record);
  return Buffer.concat([
    nameBytes(record.name),
    numbers(typeNumbers[record.type], internet, 0, secondsToLive, data.length),
    data,
  ]);
}

function dataOf(record: ResourceRecord): Buffer {
  switch (record.type) {
    case "A":
      return Buffer.from(record.data.split(".").map(Number));
    case "CNAME":
    case "NS":
      return nameBytes(record.data);
    case "CAA":
      return Buffer.concat([
        Buffer.from([record.flags, record.tag.length]),
        Buffer.from(record.tag + record.data, "ascii"),
      ]);
  }
}

function nameBytes(name: string): Buffer {
  const labels = name.split(".").map((label) => [label.length, ...Buffer.from(label, "ascii")]);
  return Buffer.from([...labels.flat(), 0]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}
