import { once } from "node:events";
import { type AddressInfo, type Server, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";

import { type Balancer, startBalancer } from "../../src/programs/balancer.ts";

const servers: Server[] = [];
let balancer: Balancer;

async function aServer(name: string): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let said = "";
    socket.on("data", (chunk) => (said += chunk.toString()));
    socket.once("end", () => socket.end(`${name} heard ${said}`));
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

const say = async (what: string) => {
  const [host = "", port] = balancer.address.split(":");
  const socket = connect({ host, port: Number(port), allowHalfOpen: true });
  socket.end(what);
  return text(socket);
};

afterEach(async () => {
  await balancer.close();
  for (const server of servers.splice(0)) server.close();
});

test("connections go round those that are there, and each side's end is passed on", async () => {
  const ports = [await aServer("one"), await aServer("two")];
  balancer = await startBalancer(() => ports);

  expect([await say("a"), await say("b"), await say("c")]).toEqual([
    "one heard a",
    "two heard b",
    "one heard c",
  ]);
  ports.shift();
  expect(await say("d")).toBe("two heard d");
});

test("a connection is broken off where there is nobody, and where nobody listens", async () => {
  const ports: number[] = [];
  balancer = await startBalancer(() => ports);
  await expect(say("a")).rejects.toThrow();

  const gone = await aServer("gone");
  servers.pop()?.close();
  ports.push(gone);
  await expect(say("b")).rejects.toThrow();
});
