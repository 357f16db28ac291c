import { request } from "undici";

import type { TrafficAnswer } from "../../../../src/digitalocean/apps/traffic/traffic.ts";
import {
  anAccount,
  anApp,
  api,
  aSpec,
  digest,
  pick,
  textAt,
  withDigest,
  closeAccounts,
} from "../../support.ts";
import type { TestAccount } from "../../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const hostOf = async (path: string) =>
  new URL(textAt(await account.get(path), "app.default_ingress")).host;
const ask = (host: string, path = "/", at = account.clock.now(), seconds = 0) =>
  account.cloud.answersTo({ host, path, at, seconds });

/** Releases a specification and asks for every second of it, afterwards. */
async function release(path: string, spec: object, seconds = 0) {
  const host = await hostOf(path);
  const begin = account.clock.now();
  await account.put(path, { spec });
  await account.pass(400);
  const answers = Array.from({ length: 400 }, (_, second) =>
    ask(host, "/", new Date(begin.getTime() + second * 1000), seconds),
  ).flat();
  return {
    refused: answers.filter(({ outcome }) => outcome === "refused"),
    digests: new Set(answers.flatMap(({ digest: one }) => (one === undefined ? [] : [one]))),
  };
}

const service = (fields: object, digit = "1") => ({
  ...api,
  image: { ...api.image, digest: digest(digit) },
  ...fields,
});

test("a release of two instances behind a health check refuses nobody", async () => {
  const { path } = await anApp(account);
  const { refused, digests } = await release(path, withDigest("2"));
  expect(refused).toEqual([]);
  expect([...digests].toSorted()).toEqual([digest("1"), digest("2")]);
});

test("a failed release refuses nobody and is never seen", async () => {
  const { path } = await anApp(account);
  const { refused, digests } = await release(path, withDigest("b"));
  expect(refused).toEqual([]);
  expect([...digests]).toEqual([digest("1")]);
});

test("a component of one instance refuses requests while it is replaced", async () => {
  const single = (digit: string) => aSpec({ services: [service({ instance_count: 1 }, digit)] });
  const { path } = await anApp(account, single("1"));
  const { refused } = await release(path, single("2"));
  expect(refused.length).toBeGreaterThanOrEqual(9);
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(
    new Set(["the instance was already told to end", "no instance is in the router's list"]),
  );
});

test("a failed release leaves a component of one instance alone", async () => {
  const single = (digit: string) => aSpec({ services: [service({ instance_count: 1 }, digit)] });
  const { path } = await anApp(account, single("1"));
  expect((await release(path, single("b"))).refused).toEqual([]);
});

test("without a health check traffic comes before the process answers", async () => {
  const unchecked = (digit: string) =>
    aSpec({ services: [service({ health_check: undefined }, digit)] });
  const { path } = await anApp(account, unchecked("1"));
  const { refused } = await release(path, unchecked("e"));
  expect(refused.length).toBeGreaterThan(20);
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(
    new Set(["the instance does not answer yet"]),
  );
});

test("a drain time shorter than the router needs refuses requests", async () => {
  const drained = (digit: string, seconds: number) =>
    aSpec({ services: [service({ termination: { drain_seconds: seconds } }, digit)] });
  const { path } = await anApp(account, drained("1", 1));
  expect((await release(path, drained("2", 1))).refused.length).toBeGreaterThan(0);
  await release(path, drained("1", 30));
  expect((await release(path, drained("2", 30))).refused).toEqual([]);
});

test("a request that takes longer than drain and grace time is lost", async () => {
  const impatient = (digit: string) =>
    aSpec({
      services: [service({ termination: { drain_seconds: 15, grace_period_seconds: 5 } }, digit)],
    });
  const { path } = await anApp(account, impatient("1"));
  expect((await release(path, impatient("2"), 10)).refused).toEqual([]);
  const { refused } = await release(path, impatient("1"), 60);
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(
    new Set(["the instance was killed while it worked on the request"]),
  );
});

test("before its first deployment an app refuses everything", async () => {
  const { path } = await anApp(account, aSpec(), 10);
  expect(ask(await hostOf(path))).toMatchObject([{ status: 503, outcome: "refused" }]);
});

test("an image that passed without a health check and does not work refuses requests", async () => {
  const spec = aSpec({ services: [service({ health_check: undefined }, "b")] });
  const { path } = await anApp(account, spec);
  expect(ask(await hostOf(path))[0]).toMatchObject({
    outcome: "refused",
    reason: "the instance is not healthy",
  });
});

test("an app in maintenance refuses everything", async () => {
  const { path } = await anApp(account, aSpec({ maintenance: { enabled: true } }));
  expect(ask(await hostOf(path))[0]?.reason).toBe("the app is in maintenance");
});

describe("routing", () => {
  const routes = (rules: object[]) =>
    aSpec({
      services: [api, { ...api, name: "web", http_port: 8080 }],
      ingress: { rules },
    });
  const route = (prefix: string, name: string, component: object = {}, match: object = {}) => ({
    match: { path: { prefix }, ...match },
    component: { name, ...component },
  });
  const received = ([answer]: readonly TrafficAnswer[]) => [answer?.component, answer?.path];

  test("the first rule that matches wins, and its prefix is cut off unless it is preserved", async () => {
    const { path } = await anApp(
      account,
      routes([
        route("/api/v1", "api", { preserve_path_prefix: true }),
        route("/api", "api"),
        route("/old", "web", { rewrite: "/new" }),
        route("/", "web"),
      ]),
    );
    const host = await hostOf(path);

    expect(received(ask(host, "/api/v1/health"))).toEqual(["api", "/api/v1/health"]);
    expect(received(ask(host, "/api/health"))).toEqual(["api", "/health"]);
    expect(received(ask(host, "/api"))).toEqual(["api", "/"]);
    expect(received(ask(host, "/apix"))).toEqual(["web", "/apix"]);
    expect(received(ask(host, "/old/a"))).toEqual(["web", "/new/a"]);
  });

  test("a rule for a host takes only that host, once its domain is active", async () => {
    await account.post("/v2/domains", { name: "example.com" });
    const media = { authority: { exact: "media.example.com" } };
    const domains = ["mam", "media"].map((name) => ({
      domain: `${name}.example.com`,
      type: name === "mam" ? "PRIMARY" : "ALIAS",
      zone: "example.com",
    }));
    const spec = { ...routes([route("/", "api", {}, media), route("/", "web")]), domains };
    await anApp(account, spec, 80);
    expect(ask("media.example.com")[0]?.outcome).toBe("not-routed");

    await account.pass(600);
    expect(received(ask("media.example.com", "/x"))).toEqual(["api", "/x"]);
    expect(received(ask("mam.example.com", "/x"))).toEqual(["web", "/x"]);
    expect(ask("other.example.com")[0]).toMatchObject({ status: 404, outcome: "not-routed" });
  });

  test("a path without a rule is not routed", async () => {
    const { path } = await anApp(account, routes([route("/api", "api")]));
    expect(ask(await hostOf(path), "/")[0]).toMatchObject({ status: 404, outcome: "not-routed" });
  });

  test("a redirect answers with its location", async () => {
    const { path } = await anApp(
      account,
      routes([
        { match: { path: { prefix: "/old" } }, redirect: { uri: "/new", redirect_code: 301 } },
        route("/", "web"),
      ]),
    );
    const host = await hostOf(path);
    expect(ask(host, "/old")[0]).toEqual({
      status: 301,
      outcome: "redirected",
      location: `https://${host}/new`,
    });
  });

  test("a static site answers for itself", async () => {
    const site = { name: "site", git: { repo_clone_url: "https://example.com/x.git" } };
    const spec = {
      ...routes([route("/docs", "site"), route("/", "web")]),
      static_sites: [site],
    };
    const { path } = await anApp(account, spec);
    expect(ask(await hostOf(path), "/docs/a")[0]).toMatchObject({ status: 200, component: "site" });
  });
});

describe("the listener", () => {
  const visit = async (host: string, path = "/") => {
    const answer = await request(`${account.cloud.trafficUrl}${path}`, { headers: { host } });
    await answer.body.dump();
    return answer;
  };

  test("answers for the app of the Host header with component, deployment and digest", async () => {
    const { path } = await anApp(account);
    const active = pick((await account.get(path)).body, "app.active_deployment.id");

    const answer = await visit(await hostOf(path), "/api/health?x=1");
    const stranger = await visit("nobody.example.com");

    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      "x-rehearsal-component": "api",
      "x-rehearsal-deployment": active,
      "x-rehearsal-digest": digest("1"),
      "x-rehearsal-path": "/api/health",
    });
    expect(stranger.statusCode).toBe(404);
  });

  test("goes round the instances", async () => {
    const { path } = await anApp(account);
    const host = await hostOf(path);
    const names = new Set<unknown>();
    for (let count = 0; count < 4; count += 1) {
      const answer = await visit(host);
      names.add(answer.headers["x-rehearsal-instance"]);
    }
    expect(names.size).toBe(2);
  });
});
