import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import {
  CreateBucketCommand,
  HeadObjectCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "undici";

import {
  aCloud,
  aService,
  aSpec,
  anApp,
  digest,
  echo,
  eventually,
  home,
  theApp,
  variable,
  visit,
  closeClouds,
} from "./support/cloud.ts";

afterEach(closeClouds);

const storage = "s3.eu-central-2.wasabisys.com";

const environmentOf = async (cloud: Parameters<typeof visit>[0]) =>
  (await (await visit(cloud, "/environment")).body.json()) as Record<string, string>;

const fetched = async (cloud: Parameters<typeof visit>[0], address: string) =>
  (await visit(cloud, `/fetch?to=${encodeURIComponent(address)}`)).body.text();

test("a program sees its variables, resolved and with local addresses, and nothing of this process", async () => {
  const cloud = await aCloud({ path: process.env.PATH ?? "" });
  const envs = [
    variable("PORT", "3000"),
    variable("RATE", "3000"),
    variable("SECRET", "sesame", "SECRET"),
    variable("SELF", "${APP_URL}/api"),
    variable("WASABI_ENDPOINT", `https://${storage}`),
    variable("ORIGINS", "https://mam.example.com,https://elsewhere.example"),
  ];
  const domains = [{ domain: "mam.example.com", type: "PRIMARY" }];
  await anApp(cloud, aSpec({ services: [aService("well", { envs })], domains }));

  const { port } = new URL(cloud.door);
  const { PORT, PATH, HOME, TMPDIR, HOST, NODE_OPTIONS, ...own } = await environmentOf(cloud);
  expect(own).toEqual({
    RATE: "3000",
    SECRET: "sesame",
    SELF: `${home(cloud)}/api`,
    WASABI_ENDPOINT: `http://${storage}.localhost:${port}`,
    ORIGINS: `http://mam.example.com.localhost:${port},https://elsewhere.example`,
  });
  expect(Number(PORT)).not.toBe(3000);
  expect([HOST, PATH, TMPDIR]).toEqual(["127.0.0.1", process.env.PATH, HOME]);
  expect(NODE_OPTIONS).toMatch(/^--import=file:\S+network\.mjs\?table=\S+$/);
});

test("programs find each other by name, and local names, and nothing else", async () => {
  const cloud = await aCloud();
  const web = aService("well", {
    name: "web",
    http_port: 4000,
    envs: [variable("PORT", "4000"), variable("RELEASE", "web")],
  });
  await anApp(cloud, aSpec({ services: [aService(), web] }));

  expect(await fetched(cloud, "http://web:4000/release")).toBe("200 web");
  expect(await fetched(cloud, `${home(cloud)}/release`)).toBe("200 first");
  expect(await fetched(cloud, "http://web:4001/release")).toBe("ENOTFOUND");
  expect(await fetched(cloud, "http://example.com/")).toBe("ENOTFOUND");
});

test("a component's internal port is there for the app's own components, and for nobody outside", async () => {
  const cloud = await aCloud();
  const web = aService("well", {
    name: "web",
    http_port: 4000,
    internal_ports: [4100],
    envs: [variable("PORT", "4000"), variable("INTERNAL_PORT", "4100")],
  });
  const rules = [{ match: { path: { prefix: "/web" } }, component: { name: "web" } }];
  const { ingress } = aSpec();
  await anApp(
    cloud,
    aSpec({ services: [aService(), web], ingress: { rules: [...rules, ...ingress.rules] } }),
  );

  expect(await fetched(cloud, "http://web:4100/")).toBe("200 inside");
  const outside = await visit(cloud, "/web/");
  expect([outside.status, await outside.body.text()]).toEqual([404, ""]);
});

test("a component's name leads to each of its instances that is ready", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const seen = new Set<string>();
  await eventually(
    async () => {
      const text = await fetched(cloud, "http://api:3000/environment");
      seen.add((JSON.parse(text.slice("200 ".length)) as { HOME: string }).HOME);
      return seen.size;
    },
    (size) => size === 2,
  );
});

test("private hosts lead where the databases say, as soon as they say it", async () => {
  const addresses: Record<string, string> = {};
  const cloud = await aCloud({ privateAddresses: () => addresses });
  await anApp(cloud);
  const address = "http://private-pg.db.ondigitalocean.com:25060/__ledger";
  expect(await fetched(cloud, address)).toBe("ENOTFOUND");

  addresses["private-pg.db.ondigitalocean.com:25060"] = new URL(cloud.endpoints.digitalOcean).host;
  expect(
    await eventually(
      () => fetched(cloud, address),
      (text) => text !== "ENOTFOUND",
    ),
  ).toMatch(/^200 /);
});

test.each([
  ["in a VPC comes from its own address there", true],
  ["in no VPC does not", false],
])("a program %s to private hosts", async (_what, joins) => {
  const seen: (string | undefined)[] = [];
  const server = createServer((socket) => {
    seen.push(socket.remoteAddress);
    socket.end("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const cloud = await aCloud({
    privateAddresses: () => ({ "pg.private:5432": `127.0.0.1:${port}` }),
  });
  const vpc = cloud.digitalOcean.store.vpcs.find(({ name }) => name === "default-nyc1");
  await anApp(cloud, aSpec(joins ? { vpc: { id: vpc?.id } } : {}));

  expect(await fetched(cloud, "http://pg.private:5432/")).toBe("204 ");
  server.close();

  const own = vpc?.ip_range.replace(/^10\./, "127.").replace(/0\/20$/, "5");
  expect(seen).toEqual([joins && process.platform === "linux" ? own : "127.0.0.1"]);
});

const key = { accessKeyId: "ROOT", secretAccessKey: "root-secret" };

const client = (endpoint: string) =>
  new S3Client({
    endpoint,
    region: "eu-central-2",
    forcePathStyle: true,
    credentials: key,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

test("links that a program signs work at the door, for a page of its own host as the bucket's CORS says", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ domains: [{ domain: "mam.example.com" }] }));
  const { names } = cloud.digitalOcean.programs;
  const direct = client(cloud.endpoints.wasabiS3);
  await direct.send(new CreateBucketCommand({ Bucket: "uploads" }));
  const allowed = { AllowedOrigins: ["https://mam.example.com"], AllowedMethods: ["PUT"] };
  const rules = { Bucket: "uploads", CORSConfiguration: { CORSRules: [allowed] } };
  await direct.send(new PutBucketCorsCommand(rules));
  const Body = Buffer.alloc(300_000, "x");
  const put = new PutObjectCommand({ Bucket: "uploads", Key: "a b", Body });
  const signed = new URL(await getSignedUrl(client(names.toLocal(`https://${storage}`)), put));
  const page = names.toLocal("https://mam.example.com");
  const ask = (method: "OPTIONS" | "PUT", rest: object) =>
    request(`${cloud.door}${signed.pathname}${signed.search}`, { method, ...rest });
  const headers = { host: signed.host, origin: page };

  const preflight = await ask("OPTIONS", {
    headers: { ...headers, "access-control-request-method": "PUT" },
  });
  const answer = await ask("PUT", { headers, body: Body });
  const other = await ask("OPTIONS", {
    headers: {
      ...headers,
      origin: "https://else.example",
      "access-control-request-method": "PUT",
    },
  });

  expect([preflight.statusCode, answer.statusCode, other.statusCode]).toEqual([200, 200, 403]);
  expect(answer.headers["access-control-allow-origin"]).toBe(page);
  expect(preflight.headers["access-control-allow-origin"]).toBe(page);
  const head = await direct.send(new HeadObjectCommand({ Bucket: "uploads", Key: "a b" }));
  expect(head.ContentLength).toBe(300_000);
});

test("the door names what there is to whoever asks for something else", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const answer = await request(cloud.door);
  expect(answer.statusCode).toBe(404);
  expect(await answer.body.text()).toContain(`${home(cloud)}\n`);
});

test("a program is told by whom and by which name it is asked", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const { headers } = await echo(cloud, "/echo", {
    headers: { "x-forwarded-for": "198.51.100.7", origin: "https://elsewhere.example" },
  });
  const { host } = new URL(home(cloud));
  expect(headers).toMatchObject({
    host,
    origin: "https://elsewhere.example",
    "x-forwarded-for": "198.51.100.7, 127.0.0.1",
    "x-forwarded-host": host,
    "x-forwarded-proto": "https",
  });
  expect(theApp(cloud).instances.map(({ digest: of }) => of)).toEqual([digest("1"), digest("1")]);
});
