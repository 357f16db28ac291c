import "reflect-metadata";

import { randomBytes, webcrypto } from "node:crypto";

import {
  BasicConstraintsExtension,
  type Extension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** A certificate for this machine, and the authority that a client has to trust; all in PEM. */
export interface LocalCertificate {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 86_400_000;

/** Makes an authority and a certificate of it for `localhost` and 127.0.0.1. The authority's key is thrown away. */
export async function localCertificate(): Promise<LocalCertificate> {
  const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const [issuer, own] = await Promise.all([newKeys(), newKeys()]);
  const certify = async (subject: string, keys: webcrypto.CryptoKeyPair, extension: Extension) => {
    const certificate = await X509CertificateGenerator.create({
      serialNumber: randomBytes(12).toString("hex"),
      issuer: [{ CN: ["Authority of one test"] }],
      subject: [{ CN: [subject] }],
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 30 * day),
      publicKey: keys.publicKey,
      signingKey: issuer.privateKey,
      signingAlgorithm: algorithm,
      extensions: [extension],
    });
    return certificate.toString("pem");
  };
  const names = new SubjectAlternativeNameExtension([
    { type: "dns", value: "localhost" },
    { type: "ip", value: "127.0.0.1" },
  ]);
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", own.privateKey);
  return {
    authority: await certify("Authority of one test", issuer, new BasicConstraintsExtension(true)),
    certificate: await certify("localhost", own, names),
    key: PemConverter.encode(pkcs8, PemConverter.PrivateKeyTag),
  };
}
