import "reflect-metadata";

import { randomBytes, webcrypto } from "node:crypto";

import {
  BasicConstraintsExtension,
  type Extension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** A certificate with its key, as a TLS server takes them. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority, believed by every program that trusts its certificate. */
export interface CertificateAuthority {
  /** The authority's own certificate: what a client has to trust. */
  readonly certificate: string;
  /** Issues a certificate for a host, or for several. It begins an hour ago, so that clocks may differ a little. */
  issue(hosts: string | readonly [string, ...string[]], expires: Date): Promise<IssuedCertificate>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const hour = 3_600_000;
const tenYears = 10 * 365 * 24 * hour;

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

/**
 * Makes a certificate authority, as the platform's are: TLS in a rehearsal is real TLS, and whoever does not trust
 * this authority is told so by his own client.
 */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  const [authority, site] = await Promise.all([newKeys(), newKeys()]);
  const certify = async (
    subject: string,
    publicKey: webcrypto.CryptoKey,
    expires: Date,
    extension: Extension,
  ) => {
    const certificate = await X509CertificateGenerator.create({
      serialNumber: randomBytes(12).toString("hex"),
      issuer: [{ CN: [name] }],
      subject: [{ CN: [subject] }],
      notBefore: new Date(Date.now() - hour),
      notAfter: expires,
      publicKey,
      signingKey: authority.privateKey,
      signingAlgorithm: algorithm,
      extensions: [extension],
    });
    return certificate.toString("pem");
  };
  const key = PemConverter.encode(
    await webcrypto.subtle.exportKey("pkcs8", site.privateKey),
    PemConverter.PrivateKeyTag,
  );
  return {
    certificate: await certify(
      name,
      authority.publicKey,
      new Date(Date.now() + tenYears),
      new BasicConstraintsExtension(true, undefined, true),
    ),
    issue: async (asked, expires) => {
      const hosts = typeof asked === "string" ? ([asked] as const) : asked;
      const names = hosts.map((value) => ({ type: "dns" as const, value }));
      const extension = new SubjectAlternativeNameExtension(names);
      return { key, cert: await certify(hosts[0], site.publicKey, expires, extension) };
    },
  };
}
