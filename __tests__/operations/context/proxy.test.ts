import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

import { execa } from "execa";

import { endpointsOf } from "../../../stacks/endpoints.ts";
import { createCertificateAuthority } from "@mam-infra/cloud/internet/certificate-authority";
import {
  type RehearsalCloud,
  startRehearsalCloud,
} from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { staging } from "../../../environments/staging.ts";
import { anEnvironment } from "../../support/environments.ts";

const environment = anEnvironment(staging);
const real = endpointsOf(environment.config);

let cloud: RehearsalCloud;
let directory: string;
let proxy: Server;
/** Where the proxy was asked to open a way to, and by whom. */
let asked: string[];
const closing: { close(): unknown }[] = [];

beforeAll(async () => {
  cloud = await startRehearsalCloud(environment);
  directory = mkdtempSync(join(tmpdir(), "mam-proxy-"));
  const authority = await createCertificateAuthority("Authority of the test");
  writeFileSync(join(directory, "authority.pem"), authority.certificate);
  const { digitalOcean, wasabiSts, wasabiS3, spaces } = real;
  const platforms = { digitalOcean, wasabiSts, wasabiS3, spaces };
  const ports = new Map<string, number>();
  for (const [name, address] of Object.entries(platforms)) {
    const { host } = new URL(address);
    const target = new URL(cloud.endpoints[name as keyof typeof platforms]);
    const certificate = await authority.issue(host, new Date(Date.now() + 3_600_000));
    const server = createTlsServer(certificate, (socket) => {
      passOn(socket, Number(target.port));
    });
    await listening(server);
    closing.push(server);
    ports.set(`${host}:443`, (server.address() as AddressInfo).port);
  }
  asked = [];
  proxy = createServer();
  proxy.on("connect", (request: IncomingMessage, socket: Socket) => {
    asked.push(`${request.url ?? ""} ${request.headers["proxy-authorization"] ?? ""}`);
    const port = ports.get(request.url ?? "");
    if (port === undefined) {
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    passOn(socket, port);
  });
  await listening(proxy);
  closing.push(proxy);
});

afterAll(async () => {
  for (const one of closing) one.close();
  await cloud.close();
  rmSync(directory, { recursive: true });
});

/** Passes on what comes and goes. */
function passOn(socket: Socket, port: number): void {
  const onward = connect(port, "127.0.0.1");
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const) {
    one.on("error", () => other.destroy());
    one.pipe(other);
  }
}

function listening(server: { listen(port: number, host: string, done: () => void): unknown }) {
  return new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

/** Asks every platform by its own name, in a process whose only way to them is the proxy. */
const program = `
  import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
  import { HeadBucketCommand } from "@aws-sdk/client-s3";
  import { request } from "undici";
  import { createClients } from ${JSON.stringify(join(process.cwd(), "operations/context/clients.ts"))};
  const never = new AbortController().signal;
  const clients = createClients({
    endpoints: JSON.parse(process.env.ENDPOINTS),
    wasabiRegion: "us-east-1",
    variables: process.env,
    sleep: () => Promise.resolve(),
    interruption: never,
    urgency: never,
    tell: () => undefined,
    hear: () => undefined,
  });
  const { account } = await clients.digitalOcean().call("getAccount", {});
  const { Account } = await clients.wasabiSts().send(new GetCallerIdentityCommand({}));
  await clients.spaces().send(new HeadBucketCommand({ Bucket: process.env.BUCKET }));
  const { issuer, distrusted } = await clients.internet().certificate("api.digitalocean.com");
  const site = await clients.internet().get("https://api.digitalocean.com/v2/account");
  const dispatcher = clients.web();
  const { statusCode } = await request("https://api.digitalocean.com/v2/account", { dispatcher });
  await clients.close();
  console.log(JSON.stringify({ account: account.status, Account, issuer, distrusted, site, statusCode }));
`;

const run = (variables: Readonly<Record<string, string>>) => {
  const { credentials } = cloud;
  const { backend } = environment.config.state;
  return execa("node", ["--import", "tsx", "--input-type=module", "--eval", program], {
    extendEnv: false,
    reject: false,
    env: {
      PATH: process.env.PATH ?? "",
      NODE_EXTRA_CA_CERTS: join(directory, "authority.pem"),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ENDPOINTS: JSON.stringify(real),
      BUCKET: backend.kind === "spaces" ? backend.bucket : "",
      DIGITALOCEAN_TOKEN: credentials.digitalOceanToken,
      AWS_ACCESS_KEY_ID: credentials.spaces.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.spaces.secretAccessKey,
      TF_VAR_wasabi_access_key: credentials.wasabi.accessKeyId,
      TF_VAR_wasabi_secret_key: credentials.wasabi.secretAccessKey,
      ...variables,
    },
  });
};

const proxyAddress = (user = "") =>
  `http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`;

test("behind a proxy every client reaches its platform, and says who it is", async () => {
  const { stdout, stderr } = await run({ HTTPS_PROXY: proxyAddress("me:s%40cret@") });

  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    account: "active",
    Account: "100000000001",
    issuer: "Authority of the test",
    site: { status: 401 },
    statusCode: 401,
  });
  const hosts = [real.digitalOcean, real.wasabiSts, real.spaces].map((one) => new URL(one).host);
  const authorization = `Basic ${Buffer.from("me:s@cret").toString("base64")}`;
  expect(new Set(asked)).toEqual(new Set(hosts.map((host) => `${host}:443 ${authorization}`)));
}, 60_000);

test("a proxy that opens no way is named, without its password", async () => {
  const { exitCode, stderr } = await run({
    HTTPS_PROXY: proxyAddress("me:s%40cret@"),
    ENDPOINTS: JSON.stringify({ ...real, digitalOcean: "https://elsewhere.example" }),
  });

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /the proxy 127\.0\.0\.1:\d+ does not open a way to elsewhere\.example:443: 502/,
  );
  expect(stderr).not.toContain("cret");
}, 60_000);
