#!/usr/bin/env bash
# iovalkey 0.4.0: disconnect() while the client waits to reconnect, with a command in its queue.
# Expected: the command is rejected with "Connection is closed.", as by disconnect() while it connects, and the
# client ends. Seen: neither; the timer that would reconnect is gone, and the promise never settles:
#   connecting: rejected: Connection is closed., status end
#   reconnecting: unsettled after 2 s, status reconnecting
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund iovalkey@0.4.0
cat >seen.cjs <<'JS'
const { createServer } = require("node:net");
const { setTimeout: sleep } = require("node:timers/promises");
const { Redis } = require("iovalkey");

/** A client of a port at which nobody listens, which would try again a minute later, and its first command. */
async function clientOfNobody() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  const client = new Redis({ host: "127.0.0.1", port, maxRetriesPerRequest: null, retryStrategy: () => 60_000 });
  client.on("error", () => {});
  return { client, command: client.get("key").catch((error) => `rejected: ${error.message}`) };
}

async function disconnected({ client, command }) {
  const status = client.status;
  client.disconnect();
  const outcome = await Promise.race([command, sleep(2000, "unsettled after 2 s")]);
  console.log(`${status}: ${outcome}, status ${client.status}`);
}

(async () => {
  await disconnected(await clientOfNobody());
  const reconnecting = await clientOfNobody();
  await new Promise((resolve) => reconnecting.client.once("reconnecting", resolve));
  await disconnected(reconnecting);
})();
JS
seen=$(node seen.cjs)
expected='connecting: rejected: Connection is closed., status end
reconnecting: unsettled after 2 s, status reconnecting'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
