import { createSocket } from "node:dgram";

import { AbortError } from "@mam-infra/clients/abort";
import { wayOutOf } from "@mam-infra/clients/proxy/way-out";
import { type Internet, openInternet } from "../../../operations/context/internet.ts";
import type { App } from "@mam-infra/cloud/digitalocean/apps/model";
import { nameServers } from "@mam-infra/cloud/digitalocean/domains/resolution";
import { createCertificateAuthority } from "@mam-infra/cloud/internet/certificate-authority";
import {
  type TestAccount,
  aSpec,
  anAccount,
  anApp,
  textAt,
  closeAccounts,
} from "../../../packages/cloud/__tests__/digitalocean/support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let internet: Internet;
let app: App;
const host = "mam.northlight.example";
const never = new AbortController().signal;

beforeEach(async () => {
  account = await anAccount({ delegations: { "northlight.example": nameServers } });
  await account.post("/v2/domains", { name: "northlight.example" });
  const domains = [{ domain: host, type: "PRIMARY", zone: "northlight.example" }];
  const ingress = {
    rules: [{ match: { path: { prefix: "/" } }, component: { name: "api" } }],
  };
  await anApp(account, aSpec({ domains, ingress }), 1200);
  app = account.cloud.store.apps[0]!;
  // The account's clock stands in November 2026; who looks at the certificate goes by this machine's.
  app.domains[0]!.certificate_expires_at = new Date(Date.now() + 60 * 86_400_000).toISOString();
  internet = openInternet(account.cloud.internet, never, wayOutOf({}));
});
afterEach(() => internet.close());

test("a host is found, believed and answers, as on the internet", async () => {
  const ingress = new URL(textAt(await account.get(`/v2/apps/${app.id}`), "app.default_ingress"));

  expect(await internet.dns.resolveCname(host)).toEqual([ingress.host]);
  expect(await internet.get(`https://${host}/`)).toEqual({ status: 200, location: undefined });
  const { status, body } = await internet.read(`https://${host}/`);
  expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ outcome: "served" })]);
  expect(await internet.certificate(host)).toEqual({
    distrusted: undefined,
    issuer: "Rehearsal certificate authority",
    expires: new Date(app.domains[0]!.certificate_expires_at!.replace(/\d{3}Z$/, "000Z")),
  });
});

test("a question about a name that nobody answers ends with the clients, and none is asked after an interruption", async () => {
  const silent = createSocket("udp4");
  await new Promise<void>((done) => silent.bind(0, "127.0.0.1", done));
  const dns = `127.0.0.1:${silent.address().port}`;
  const interruption = new AbortController();
  const asking = openInternet(
    { ...account.cloud.internet, dns },
    interruption.signal,
    wayOutOf({}),
  );
  const answer = asking.dns.resolveNs("northlight.example").catch((error: unknown) => error);
  await asking.close();
  interruption.abort();

  expect(await answer).toMatchObject({ code: "ECANCELLED" });
  await expect(asking.dns.resolveNs("northlight.example")).rejects.toThrow(AbortError);
  silent.close();
});

test("plain HTTP leads to the same address under HTTPS", async () => {
  expect(await internet.get(`http://${host}/a?b=c`)).toEqual({
    status: 301,
    location: `https://${host}/a?b=c`,
  });
});

test("an authority that nobody trusts is seen, and its host is not asked anything", async () => {
  const { certificate } = await createCertificateAuthority("Another authority");
  const other = openInternet(
    { ...account.cloud.internet, certificateAuthority: certificate },
    never,
    wayOutOf({}),
  );

  expect((await other.certificate(host)).distrusted).toMatch(/SELF_SIGNED|UNABLE_TO/);
  await expect(other.get(`https://${host}/`)).rejects.toThrow();
  await other.close();
});

test("an expired certificate is seen", async () => {
  app.domains[0]!.certificate_expires_at = "2026-01-01T00:00:00Z";

  expect((await internet.certificate(host)).distrusted).toBe("CERT_HAS_EXPIRED");
});

test("a host that no app answers for has no TLS", async () => {
  await expect(internet.certificate("other.example")).rejects.toThrow();
});
