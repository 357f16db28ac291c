#!/usr/bin/env bash
# undici 7.30.2: the local address of a connection, given where every other option of net.connect is given.
# Expected: a connection from that address, as net.connect makes it. Seen: `connect` and buildConnector take it, by
# their types too, and leave it out without a word; only beside `connect` it holds:
#   net.connect: 127.0.0.2
#   Agent, localAddress: 127.0.0.2
#   Agent, connect.localAddress: 127.0.0.1
#   Agent, buildConnector: 127.0.0.1
# Needs Linux, where all of 127.0.0.0/8 is this machine.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2
cat >seen.mjs <<'JS'
import { createServer } from "node:http";
import { connect } from "node:net";
import { Agent, buildConnector, request } from "undici";
const server = createServer((request, response) => response.end(request.socket.remoteAddress));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();
const localAddress = "127.0.0.2";
const socket = connect({ host: "127.0.0.1", port, localAddress });
await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
console.log(`net.connect: ${socket.localAddress}`);
socket.destroy();
const agents = {
  localAddress: new Agent({ localAddress }),
  "connect.localAddress": new Agent({ connect: { localAddress } }),
  buildConnector: new Agent({ connect: buildConnector({ localAddress }) }),
};
for (const [way, dispatcher] of Object.entries(agents)) {
  const { body } = await request(`http://127.0.0.1:${port}`, { dispatcher });
  console.log(`Agent, ${way}: ${await body.text()}`);
  await dispatcher.close();
}
server.close();
JS
seen=$(node seen.mjs)
expected='net.connect: 127.0.0.2
Agent, localAddress: 127.0.0.2
Agent, connect.localAddress: 127.0.0.1
Agent, buildConnector: 127.0.0.1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
