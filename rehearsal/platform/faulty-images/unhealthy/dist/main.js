import { createServer } from "node:http";

const port = process.env.PORT ?? process.env.WORKER_HEALTH_PORT;
const server = createServer((_request, response) => {
  response.writeHead(503, { "content-type": "application/json" });
  response.end('{"status":"broken"}');
});
server.listen(Number(port), process.env.HOST ?? "0.0.0.0");
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
