import { type KeyObject, generateKeyPairSync, randomBytes, sign } from "node:crypto";

import {
  bits,
  explicit,
  implicit,
  integer,
  isTrue,
  objectIdentifier,
  octets,
  sequence,
  set,
  smallInteger,
  utcTime,
  utf8,
} from "./der.ts";

/** A certificate with its key, as a TLS server takes them. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority that whoever trusts its certificate believes. */
export interface CertificateAuthority {
  /** The authority's own certificate: what a client has to trust. */
  readonly certificate: string;
  /** Issues a certificate for one host. It begins an hour ago, so that clocks may differ a little. */
  issue(host: string, expires: Date): IssuedCertificate;
}

const ecdsaWithSha256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const [commonName, basicConstraints, alternativeNames] = ["2.5.4.3", "2.5.29.19", "2.5.29.17"];
const versionThree = explicit(0, smallInteger(2));
const hour = 3_600_000;
const tenYears = 10 * 365 * 24 * hour;

const named = (name: string) => sequence(set(sequence(objectIdentifier(commonName), utf8(name))));

const pem = (certificate: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;

/** What a certificate says. */
interface Statement {
  readonly issuer: string;
  readonly subject: string;
  readonly expires: Date;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
}

/** X.509 version 3 (RFC 5280), signed with ECDSA over P-256. */
function certificateOf(statement: Statement, key: KeyObject): string {
  const { issuer, subject, expires, publicKey, extension } = statement;
  const contents = sequence(
    versionThree,
    integer(randomBytes(12)),
    ecdsaWithSha256,
    named(issuer),
    sequence(utcTime(new Date(Date.now() - hour)), utcTime(expires)),
    named(subject),
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(extension)),
  );
  return pem(sequence(contents, ecdsaWithSha256, bits(sign("sha256", contents, key))));
}

const canSign = sequence(objectIdentifier(basicConstraints), isTrue, octets(sequence(isTrue)));

const standsFor = (host: string) =>
  sequence(
    objectIdentifier(alternativeNames),
    octets(sequence(implicit(2, Buffer.from(host, "ascii")))),
  );

/**
 * Makes a certificate authority, as the platform's are: TLS in a rehearsal is real TLS, and whoever does not trust
 * this authority is told so by his own client.
 */
export function createCertificateAuthority(name: string): CertificateAuthority {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const site = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = site.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const own = {
    issuer: name,
    subject: name,
    expires: new Date(Date.now() + tenYears),
    publicKey: authority.publicKey,
    extension: canSign,
  };
  return {
    certificate: certificateOf(own, authority.privateKey),
    issue: (host, expires) => ({
      key,
      cert: certificateOf(
        {
          issuer: name,
          subject: host,
          expires,
          publicKey: site.publicKey,
          extension: standsFor(host),
        },
        authority.privateKey,
      ),
    }),
  };
}
