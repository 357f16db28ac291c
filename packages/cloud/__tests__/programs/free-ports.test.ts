import { createServer } from "node:net";
import { once } from "node:events";

import { returnPort, takeFreePort } from "../../src/programs/free-ports.ts";

test("ports can be listened on, and none is given twice", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, takeFreePort));
  expect(new Set(ports).size).toBe(50);
  const server = createServer().listen(ports[0], "127.0.0.1");
  await once(server, "listening");
  server.close();
  ports.forEach(returnPort);
});
