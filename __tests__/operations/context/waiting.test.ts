import { type Socket, createSocket } from "node:dgram";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, type Server, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

import { placeVariable } from "../../../operations/context/place.ts";
import { createCertificateAuthority } from "@mam-infra/cloud/internet/certificate-authority";
import { endpointsVariable } from "../../../stacks/endpoints.ts";

/** A machine that takes every connection and every question, and never answers; or answers once, and then no more. */
interface Silence {
  readonly endpoints: string;
  /** Waits for the first request. */
  readonly asked: Promise<void>;
  /** Requests that wait for an answer. */
  readonly waiting: () => number;
  end(): void;
}

const opened: { end(): void }[] = [];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-waiting-"));
  mkdirSync(join(directory, "environments"));
  cpSync("environments/staging.release.json", join(directory, "environments/staging.release.json"));
});

afterEach(() => {
  for (const one of opened.splice(0)) one.end();
  rmSync(directory, { recursive: true });
});

async function aSilence(firstAnswer?: string): Promise<Silence> {
  let waiting = 0;
  let heard: () => void;
  const asked = new Promise<void>((done) => (heard = done));
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      if (firstAnswer === undefined) waiting += 1;
      else socket.end(firstAnswer);
      heard();
    });
  });
  const names: Socket = createSocket("udp4");
  await Promise.all([
    new Promise<void>((done) => server.listen(0, "127.0.0.1", done)),
    new Promise<void>((done) => names.bind(0, "127.0.0.1", done)),
  ]);
  const { port } = server.address() as AddressInfo;
  const { certificate } = await createCertificateAuthority("Nobody");
  const http = `http://127.0.0.1:${port}`;
  const platforms = ["digitalOcean", "wasabiS3", "wasabiIam", "wasabiSts", "spaces"];
  const internet = {
    http,
    https: `https://127.0.0.1:${port}`,
    certificateAuthority: certificate,
    dns: `127.0.0.1:${names.address().port}`,
  };
  const silence = {
    endpoints: JSON.stringify({
      ...Object.fromEntries(platforms.map((name) => [name, http])),
      internet,
    }),
    asked,
    waiting: () => waiting,
    end: () => {
      server.close();
      names.close();
    },
  };
  opened.push(silence);
  return silence;
}

function mam({ endpoints }: Silence, ...args: string[]) {
  return execa("node", [resolve("operations/mam.mjs"), ...args], {
    cwd: directory,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: directory,
      CDKTF_OUTDIR: join(directory, "cdktf.out"),
      [placeVariable]: join(directory, "runs"),
      [endpointsVariable]: endpoints,
      DIGITALOCEAN_TOKEN: "dop_v1_token",
      AWS_ACCESS_KEY_ID: "SPACES",
      AWS_SECRET_ACCESS_KEY: "secret",
      TF_VAR_wasabi_access_key: "WASABI",
      TF_VAR_wasabi_secret_key: "secret",
    },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    // A net for a command that does not end at all: no result depends on it.
    forceKillAfterDelay: 30_000,
  });
}

test.each([
  "doctor staging",
  "status staging",
  "status staging --watch",
  "plan staging",
  "deploy staging --yes",
  "verify staging",
  "release staging api=v1.0.0",
  "rollback staging --list",
  "rollback staging --yes",
  "rollback staging --emergency --yes",
  "secrets list staging",
  "secrets check staging",
  "secrets seal staging",
])("mam %s ends by one signal while no platform answers", async (line) => {
  const silence = await aSilence();
  const child = mam(silence, ...line.split(" "));
  await Promise.race([silence.asked, child]);
  child.kill("SIGTERM");
  const { exitCode, stderr } = await child;

  expect([exitCode, stderr]).toEqual([130, expect.stringContaining("interrupted: ")]);
  expect(silence.waiting()).toBeGreaterThan(0);
});

test("a pause that a platform asks for ends by a signal, and is said", async () => {
  const answer = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n";
  const silence = await aSilence(answer);
  const child = mam(silence, "release", "staging", "api=v1.0.0");
  const said = new Promise<void>((done) => {
    child.stderr.on("data", (text: Buffer) => {
      if (text.includes("asks for a pause of 120 seconds")) done();
    });
  });
  await Promise.race([said, child]);
  child.kill("SIGINT");

  expect((await child).exitCode).toBe(130);
});

test("a pause that is longer than anybody waits is not begun", async () => {
  const answer = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n";
  const silence = await aSilence(answer);
  const { exitCode, stderr } = await mam(silence, "release", "staging", "api=v1.0.0");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /GET \/v2\/registries: 429 it asks for a pause of 3600 seconds before the next request \(Retry-After\), and is waited for 180 at most/,
  );
});
