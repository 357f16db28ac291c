import { createServer } from "node:https";
import { type AddressInfo, connect } from "node:net";

import { request } from "undici";

import { connectionFailure } from "../src/connection-failure.ts";
import { createCertificateAuthority } from "@mam-infra/cloud/internet/certificate-authority";

const now = new Date("2026-11-28T10:00:00.000Z");
const withCode = (code: string, message = "") => Object.assign(new Error(message), { code });

test.each([
  ["ECONNREFUSED", /nothing listens there/],
  ["ENOTFOUND", /nobody knows its name/],
  ["EAI_AGAIN", /resolver of this machine does not answer/],
  ["ECONNRESET", /connection was cut/],
  ["UND_ERR_HEADERS_TIMEOUT", /no answer came in time/],
  ["CERT_NOT_YET_VALID", /not valid yet .*2026-11-28T10:00:00\.000Z: set the clock .*timedatectl/],
  ["CERT_HAS_EXPIRED", /has expired by the clock of this machine, which says 2026-11-28T10/],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /a proxy that opens TLS: export NODE_EXTRA_CA_CERTS=/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /certificate is that of another host/],
])("%s names the cause and what to do", (code, expected) => {
  expect(connectionFailure(withCode(code), now)?.reason).toMatch(expected);
});

test("the cause is found inside of what a client threw, for one address of several too", () => {
  const inner = withCode("ECONNREFUSED", "connect ECONNREFUSED ::1:80");
  const several = new AggregateError([inner, inner], "");
  const thrown = new Error("fetch failed", { cause: several });

  expect(connectionFailure(thrown)?.reason).toMatch(/\(connect ECONNREFUSED ::1:80\)$/);
});

test("what is no error of a connection is not explained", () => {
  expect(connectionFailure(new Error("no"))).toBeUndefined();
  expect(connectionFailure("no")).toBeUndefined();
});

test("a real refusal and a real certificate of a stranger are known by their codes", async () => {
  const authority = await createCertificateAuthority("A stranger");
  const server = createServer(await authority.issue("localhost", new Date(Date.now() + 3_600_000)));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const distrusted = await request(`https://localhost:${port}/`).catch((error: unknown) => error);
  await new Promise((done) => server.close(done));
  const refused = await new Promise((done) => connect(port, "127.0.0.1").once("error", done));

  expect(connectionFailure(distrusted)).toMatchObject({ isPassing: false });
  expect(connectionFailure(refused)).toMatchObject({ isPassing: true });
});
