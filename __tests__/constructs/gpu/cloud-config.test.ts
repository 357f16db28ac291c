import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { type Server, createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import {
  gpuCloudConfig,
  machineFolder,
  metadataAddress,
} from "../../../constructs/gpu/cloud-config.ts";

const run = promisify(execFile);

interface CloudConfig {
  readonly write_files: readonly {
    readonly path: string;
    readonly permissions: string;
    readonly content: string;
  }[];
  readonly runcmd: readonly (readonly string[])[];
}

function configOf(address: string): CloudConfig {
  const [head, ...rest] = gpuCloudConfig(address).split("\n");
  expect(head).toBe("#cloud-config");
  return JSON.parse(rest.join("\n")) as CloudConfig;
}

const fileOf = ({ write_files: files }: CloudConfig, path: string) => {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`no ${path}`);
  return found;
};

const bundle = {
  image: "registry.digitalocean.com/mam/mam-worker@sha256:3",
  registry: { auths: { "registry.digitalocean.com": { auth: "bG9naW4=" } } },
  variables: { REDIS_URL: "rediss://default:a=b#c@private-valkey:25061", LOG_LEVEL: "info" },
};

let directory: string;
let server: Server;
let base: string;
let answers: Record<string, { readonly status: number; readonly body: string }>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "mam-machine-"));
  answers = {
    "/bundle": { status: 200, body: JSON.stringify(bundle) },
    "/id": { status: 200, body: "560000001\n" },
  };
  server = createServer((request, response) => {
    const { status, body } = answers[request.url ?? ""] ?? { status: 404, body: "" };
    response.writeHead(status).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

/** Runs what a machine runs at its first boot, in a folder of the test; docker and systemctl write down what they are told. */
async function boot(): Promise<string[]> {
  const config = configOf(`${base}/bundle`);
  const folder = join(directory, "mam");
  const script = fileOf(config, "/usr/local/sbin/mam-bootstrap")
    .content.replaceAll(machineFolder, folder)
    .replaceAll(metadataAddress, `${base}/id`);
  writeFileSync(join(directory, "bootstrap"), script);
  const told = join(directory, "told");
  writeFileSync(told, "");
  for (const program of ["docker", "systemctl"]) {
    writeFileSync(join(directory, program), `#!/bin/sh\necho ${program} "$@" >> ${told}\n`);
    chmodSync(join(directory, program), 0o755);
  }
  mkdirSync(folder);
  writeFileSync(
    join(folder, "bootstrap-address"),
    fileOf(config, `${machineFolder}/bootstrap-address`).content,
  );
  const PATH = `${directory}:${process.env.PATH ?? ""}`;
  await run("python3", [join(directory, "bootstrap")], { env: { PATH } });
  return readFileSync(told, "utf8").trim().split("\n");
}

const written = (name: string) => {
  const path = join(directory, "mam", name);
  return { text: readFileSync(path, "utf8"), mode: statSync(path).mode & 0o777 };
};

test("a machine pulls the image by its login, knows its own id, and starts the worker", async () => {
  const told = await boot();

  expect(told).toEqual([
    `docker --config ${join(directory, "mam", "docker")} pull ${bundle.image}`,
    "systemctl enable --now mam-worker.service",
  ]);
  expect(written("worker.env")).toEqual({
    text: `REDIS_URL=${bundle.variables.REDIS_URL}\nLOG_LEVEL=info\nWORKER_STATUS_KEY=_workers/560000001.json\n`,
    mode: 0o600,
  });
  expect(written("image.env")).toEqual({ text: `IMAGE=${bundle.image}\n`, mode: 0o600 });
  expect(written("docker/config.json").mode).toBe(0o600);
  expect(JSON.parse(written("docker/config.json").text)).toEqual(bundle.registry);
});

test("it forgets the address once it has asked", async () => {
  await boot();

  expect(() => written("bootstrap-address")).toThrow("ENOENT");
});

test("an address that opens nothing any more is not asked again, and nothing is started", async () => {
  answers["/bundle"] = { status: 403, body: "expired" };

  await expect(boot()).rejects.toThrow("403: what this machine has to know is not there any more");
  expect(readFileSync(join(directory, "told"), "utf8")).toBe("");
});

test("the unit asks for the part of the card that encodes, restarts, and gives the worker time to give back its job", () => {
  const { content } = fileOf(configOf("x"), "/etc/systemd/system/mam-worker.service");

  expect(content).toContain("--gpus all --env NVIDIA_DRIVER_CAPABILITIES=compute,video,utility");
  expect(content).toContain("Restart=always");
  expect(content).toContain("docker stop --time 60 mam-worker");
  expect(content).toContain("TimeoutStopSec=90");
});

test("root alone may read the address, and user data is far from the 64 KiB that DigitalOcean takes", () => {
  expect(fileOf(configOf("x"), `${machineFolder}/bootstrap-address`).permissions).toBe("0600");
  expect(Buffer.byteLength(gpuCloudConfig("x".repeat(2000)))).toBeLessThan(16 * 1024);
});
