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
} from "./support/cloud.ts";

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

  const { port } = new URL(cloud.endpoints.door);
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

test("the door passes requests to storage as they were signed, and translates the page's origin", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ domains: [{ domain: "mam.example.com" }] }));
  const { names } = cloud.digitalOcean.programs;
  const page = names.toLocal("https://mam.example.com");
  cloud.wasabi.store.buckets.clear();
  const answer = await request(`${cloud.endpoints.door}/`, {
    headers: { host: names.localHost(storage), origin: page },
  });
  expect([answer.statusCode, await answer.body.text()]).toEqual([
    403,
    expect.stringContaining("AccessDenied"),
  ]);
});

test("the door names what there is to whoever asks for something else", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const answer = await request(cloud.endpoints.door);
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
