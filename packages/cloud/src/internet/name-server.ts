import { createSocket } from "node:dgram";
import { once } from "node:events";

import {
  type Answer as PacketRecord,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  decode,
  encode,
} from "dns-packet";

import {
  type DnsAnswer,
  type RecordType,
  type ResourceRecord,
  isRecordType,
} from "./dns-answer.ts";

/** A name server that runs. */
export interface NameServer {
  /** Address and port, as `node:dns` takes them. */
  readonly address: string;
  close(): Promise<void>;
}

const secondsToLive = 60;

/**
 * Starts a resolver on loopback, so that a check of DNS uses the same library and the same questions as on
 * the internet.
 *
 * @param resolve answers a question; the type is undefined for one that no record has.
 */
export async function startNameServer(
  resolve: (name: string, type: RecordType | undefined) => DnsAnswer,
): Promise<NameServer> {
  const socket = createSocket("udp4");
  socket.on("message", (message, { address, port }) => {
    socket.send(answerTo(message, resolve), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: async () => {
      socket.close();
      await once(socket, "close");
    },
  };
}

function answerTo(
  message: Buffer,
  resolve: (name: string, type: RecordType | undefined) => DnsAnswer,
): Buffer {
  const { id = 0, questions = [] } = decode(message);
  const [question] = questions;
  if (!question) throw new Error("a query without a question");
  const { name, type } = question;
  const { code, records } = resolve(name.toLowerCase(), isRecordType(type) ? type : undefined);
  return encode({
    type: "response",
    id,
    flags: RECURSION_DESIRED | RECURSION_AVAILABLE | code,
    questions: [question],
    answers: records.map(packetRecord),
  });
}

function packetRecord(record: ResourceRecord): PacketRecord {
  const { name } = record;
  switch (record.type) {
    case "CAA": {
      const { type, flags, tag, data } = record;
      return { name, type, ttl: secondsToLive, data: { flags, tag, value: data } };
    }
    case "SRV": {
      const { type, target, port } = record;
      return { name, type, ttl: secondsToLive, data: { target, port } };
    }
    default:
      return { ...record, ttl: secondsToLive };
  }
}
