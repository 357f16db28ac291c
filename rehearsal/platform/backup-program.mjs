// What the image of the backup is on this machine: the service itself, with client programs that find the database.
// node backup-program.mjs <directory with pg_dump by major>, started in the folder of the service.
//
// A program's names lead to this machine by a hook into Node.js, which pg_dump is not. So it connects to a relay in this
// process, and still asks for the certificate of the name: TLS goes through.
import { mkdtempSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [clients] = process.argv.slice(2);
const { hostname, port } = new URL(process.env.POSTGRES_URL);

const relay = net.createServer((near) => {
  const far = net.connect({ host: hostname, port: Number(port) });
  near.pipe(far).pipe(near);
  near.on("error", () => far.destroy());
  far.on("error", () => near.destroy());
});
await new Promise((resolve) => relay.listen(0, "127.0.0.1", resolve));
// The process ends when the service does.
relay.unref();

const directory = mkdtempSync(join(tmpdir(), "clients-"));
for (const major of readdirSync(clients)) {
  const programs = join(directory, major, "bin");
  mkdirSync(programs, { recursive: true });
  for (const name of ["pg_dump", "pg_restore"]) {
    const way = `PGHOSTADDR=127.0.0.1 PGPORT=${relay.address().port}`;
    const line = `${way} exec '${join(clients, major, "bin", name)}' "$@"`;
    writeFileSync(join(programs, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
}
process.env.POSTGRES_CLIENTS = directory;
await import(pathToFileURL(join(process.cwd(), "dist/main.js")).href);
