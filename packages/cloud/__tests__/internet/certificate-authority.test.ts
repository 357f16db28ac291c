import { X509Certificate } from "node:crypto";

import { createCertificateAuthority } from "../../src/internet/certificate-authority.ts";

const authority = await createCertificateAuthority("Rehearsal authority");
const root = new X509Certificate(authority.certificate);

test("the authority signs itself, and may sign others", () => {
  expect(root.verify(root.publicKey)).toBe(true);
  expect(root.ca).toBe(true);
});

test("a certificate stands for one host, until the day that was asked for", async () => {
  const expires = new Date("2031-02-03T04:05:06Z");
  const { cert } = await authority.issue("media.northlight.example", expires);
  const certificate = new X509Certificate(cert);

  expect(certificate.checkHost("media.northlight.example")).toBe("media.northlight.example");
  expect(certificate.checkHost("mam.northlight.example")).toBeUndefined();
  expect(new Date(certificate.validTo)).toEqual(expires);
  expect(certificate.ca).toBe(false);
  expect(certificate.checkIssued(root)).toBe(true);
  expect(certificate.verify(root.publicKey)).toBe(true);
});

test("another authority did not sign it, whatever its name", async () => {
  const other = new X509Certificate(
    (await createCertificateAuthority("Rehearsal authority")).certificate,
  );
  const { cert } = await authority.issue("media.northlight.example", new Date("2031-01-01"));

  expect(new X509Certificate(cert).verify(other.publicKey)).toBe(false);
});
