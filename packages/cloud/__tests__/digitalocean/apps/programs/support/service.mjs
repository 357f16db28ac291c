// A service that can be told to misbehave: by MODE in its environment, or by requests.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const { MODE = "well", PORT = "0", HOST = "0.0.0.0", RELEASE = "" } = process.env;
const modes = new Set(MODE.split(","));
let healthy = !modes.has("unhealthy");

console.log(JSON.stringify({ msg: "started", pid: process.pid }));
if (modes.has("parent")) {
  const { pid } = spawn("sleep", ["600"], { stdio: "ignore" });
  console.log(JSON.stringify({ msg: "started", pid }));
}
// Half of its time.
if (modes.has("busy")) {
  setInterval(() => {
    for (const until = Date.now() + 50; Date.now() < until;);
  }, 100);
}
if (modes.has("crashes")) {
  console.error("it cannot start");
  process.exit(3);
}

const body = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

let goOn = () => undefined;

const answers = {
  "/health": (_request, response) => response.writeHead(healthy ? 200 : 503).end(),
  "/echo": async (request, response) => {
    const { method, url, headers } = request;
    const text = await body(request);
    response.setHeader("access-control-allow-origin", headers.origin ?? "none");
    response.end(JSON.stringify({ method, url, headers, text, release: RELEASE }));
  },
  "/release": (_request, response) => response.end(RELEASE),
  "/environment": (_request, response) => response.end(JSON.stringify(process.env)),
  "/stream": (_request, response) => {
    goOn = () => response.end(", ended");
    response.write("begun");
  },
  "/go-on": (_request, response) => {
    goOn();
    response.end();
  },
  "/endless": async (_request, response) => {
    let sent = 0;
    response.on("close", () => console.log(`the reader of endless went`));
    while (!response.destroyed && sent < 1e9) {
      const more = response.write(Buffer.alloc(65_536));
      sent += 65_536;
      if (!more)
        await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
    }
    console.log(`endless sent ${sent}`);
  },
  "/missed": (_request, response) =>
    response
      .writeHead(503, { "content-type": "application/json", "cache-control": "no-store" })
      .end('{"status":"missed"}'),
  "/upload": async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) {
      bytes += chunk.length;
      console.log(`came ${chunk}`);
    }
    response.end(String(bytes));
  },
  "/break": (_request, response) => {
    response.write("begun");
    setTimeout(() => response.destroy(), 100);
  },
  "/crash": () => process.exit(7),
  "/sicken": (_request, response) => {
    healthy = false;
    response.end();
  },
  "/hang": (_request, response) => response.on("close", () => console.log("nobody waits for hang")),
  "/slow": async (request, response) => {
    await wait(Number(new URL(request.url, "http://x").searchParams.get("ms")));
    response.end("slow");
  },
  "/fetch": async (request, response) => {
    const to = new URL(request.url, "http://x").searchParams.get("to");
    try {
      const answer = await fetch(to);
      response.end(`${answer.status} ${await answer.text()}`);
    } catch (error) {
      response.end(`${error.cause?.code ?? error.message}`);
    }
  },
};

const served = new WeakSet();

const server = createServer((request, response) => {
  if (modes.has("closes")) {
    // A connection is good for one request only, and its client does not know.
    if (served.has(request.socket)) return request.socket.destroy();
    if (!request.url.endsWith("/health")) served.add(request.socket);
  }
  const [path] = request.url.replace(/^\/api/, "").split("?");
  const answer = answers[path];
  if (answer) void answer(request, response);
  else response.writeHead(404).end();
});

// A second port, for the other components of the app alone.
const { INTERNAL_PORT } = process.env;
if (INTERNAL_PORT) {
  createServer((_request, response) => response.end("inside")).listen(Number(INTERNAL_PORT), HOST);
}

if (!modes.has("silent")) server.listen(Number(PORT), HOST);
else setInterval(() => undefined, 1000);

// Long enough to count as started at the tests' scale, whatever the machine does meanwhile.
if (modes.has("short")) {
  setTimeout(() => {
    console.log("enough");
    process.exit(0);
  }, 1000);
}

process.on("SIGTERM", () => {
  console.log("told to end");
  if (modes.has("stubborn")) return;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  server.on("request", (_request, response) =>
    response.on("finish", () => setImmediate(() => server.closeIdleConnections())),
  );
});
