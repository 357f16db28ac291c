import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Bench } from "../bench.ts";
import { type Program, freePort, startProgram } from "../processes.ts";

/** An nginx that listens. */
export interface Nginx extends Program {
  readonly port: number;
}

/** What both have in common. One process each, as an instance of the edge has one CPU; the others are for storage. */
const configuration = (directory: string, processes: number, http: string) => `
daemon off; pid ${directory}/pid; error_log ${directory}/errors; worker_processes ${processes};
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000;
  client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy;
  ${http}
}
`;

/** What an nginx is started with. */
interface Start {
  readonly program: string;
  readonly directory: string;
  readonly port: number;
  readonly processes: number;
  /** What is in `http`. */
  readonly http: string;
}

async function start(bench: Bench, { program, directory, port, processes, http }: Start) {
  await mkdir(directory, { recursive: true });
  const file = join(directory, "nginx.conf");
  await writeFile(file, configuration(directory, processes, http));
  const running = await startProgram(bench, [program, "-p", directory, "-c", file], port);
  return { ...running, port };
}

/** Storage: files by sendfile, which costs less than anything that stands before it. */
export async function startFiles(
  bench: Bench,
  program: string,
  directory: string,
  root: string,
): Promise<Nginx> {
  const port = await freePort();
  const server = `server { listen 127.0.0.1:${port} backlog=1024; root ${root}; }`;
  const http = `sendfile on; sendfile_max_chunk 1m; tcp_nopush on; ${server}`;
  return start(bench, { program, directory, port, processes: 2, http });
}

/** The proxy to compare with, at its best: connections kept, large buffers, nothing on the disk. */
export async function startProxy(
  bench: Bench,
  program: string,
  directory: string,
  to: number,
): Promise<Nginx> {
  const port = await freePort();
  const http = `
  upstream storage { server 127.0.0.1:${to}; keepalive 256; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    location / {
      proxy_pass http://storage; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffer_size 64k; proxy_buffers 8 64k; proxy_busy_buffers_size 128k; proxy_max_temp_file_size 0;
    }
  }`;
  return start(bench, { program, directory, port, processes: 1, http });
}
