import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

import { Connection, type Sink } from "../../edge/src/origin/connection.ts";

/** A server that answers each request with what `answer` writes. */
async function serve(answer: (socket: Socket, request: string) => void | Promise<void>) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => void answer(socket, chunk.toString()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: {
      host: "127.0.0.1",
      port: (server.address() as AddressInfo).port,
      isEncrypted: false,
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const request = "GET / HTTP/1.1\r\n\r\n";

/** Reads a body; each chunk is held for some turns, and must be the same after them. */
async function read(connection: Connection, length: number, turns: () => number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink: Sink = (chunk) => {
    const copy = Buffer.from(chunk);
    chunks.push(copy);
    const count = turns();
    if (count === 0) return undefined;
    return (async () => {
      for (let index = 0; index < count; index += 1) await turn();
      assert.ok(chunk.equals(copy), "a chunk changed while somebody had it");
    })();
  };
  await connection.forward(length, sink);
  return Buffer.concat(chunks);
}

test("bodies come whole, one after the other, however they are cut and however slowly they are taken", async () => {
  const bodies = [0, 1, 5000, 300_000, 1_000_000].map((size) => randomBytes(size));
  let next = 0;
  const server = await serve(async (socket) => {
    const body = bodies[next++ % bodies.length]!;
    const head = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
    const all = Buffer.concat([head, body]);
    for (let at = 0; at < all.length;) {
      const end = at + randomInt(1, next % 2 ? 200_000 : 20_000);
      socket.write(all.subarray(at, end));
      at = end;
      if (randomInt(3) === 0) await turn();
    }
  });
  const connection = new Connection(server.address, 60_000);
  for (const turns of [() => 0, () => 3, () => randomInt(3)]) {
    for (const body of bodies) {
      const { headers } = await connection.ask(request);
      assert.equal(headers.get("content-length"), String(body.length));
      assert.ok((await read(connection, body.length, turns)).equals(body));
    }
  }
  connection.destroy();
  await server.close();
});

for (const [what, text, error] of [
  ["is no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", /no head/],
  ["never ends its head", `HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(3000)}`, /no head/],
] as const) {
  test(`an answer that ${what} is refused`, async () => {
    const server = await serve((socket) => void socket.write(text));
    await assert.rejects(new Connection(server.address, 60_000).ask(request), error);
    await server.close();
  });
}

test("an answer that breaks off fails, in its head and in its body", async () => {
  const server = await serve((socket, text) => {
    socket.end(text.includes("/head") ? "HTTP/1.1 200" : "HTTP/1.1 200 OK\r\n\r\n12345");
  });
  await assert.rejects(
    new Connection(server.address, 60_000).ask("GET /head HTTP/1.1\r\n\r\n"),
    /closed/,
  );
  const connection = new Connection(server.address, 60_000);
  await connection.ask(request);
  await assert.rejects(
    connection.forward(6, () => undefined),
    /closed/,
  );
  await server.close();
});

test("what comes behind an answer is never taken for the next one", async () => {
  const server = await serve((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n");
  });
  const connection = new Connection(server.address, 60_000);
  await connection.ask(request);
  await assert.rejects(
    connection.forward(2, () => undefined),
    /more than it said/,
  );
  await assert.rejects(connection.ask(request));
  await server.close();
});

test("what the sink throws fails the body", async () => {
  const server = await serve((socket) => void socket.write("HTTP/1.1 200 OK\r\n\r\n12345"));
  for (const sink of [
    () => {
      throw new Error("no more");
    },
    () => Promise.reject(new Error("no more")),
  ]) {
    const connection = new Connection(server.address, 60_000);
    await connection.ask(request);
    await assert.rejects(connection.forward(5, sink), /no more/);
  }
  await server.close();
});
