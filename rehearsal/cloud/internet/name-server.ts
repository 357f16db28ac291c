import { createSocket } from "node:dgram";
import { once } from "node:events";

import { type Answer, type RecordType, readQuestion, writeAnswer } from "./dns-message.ts";

/** A name server that runs. */
export interface NameServer {
  /** Address and port, as `node:dns` takes them. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Starts a resolver on loopback, so that whoever checks DNS does it by the same library and the same questions as on
 * the internet.
 *
 * @param resolve answers a question; the type is undefined for one that nobody has a record of.
 */
export async function startNameServer(
  resolve: (name: string, type: RecordType | undefined) => Answer,
): Promise<NameServer> {
  const socket = createSocket("udp4");
  socket.on("message", (message, { address, port }) => {
    const question = readQuestion(message);
    socket.send(writeAnswer(question, resolve(question.name, question.type)), port, address);
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
