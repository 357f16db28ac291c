import type { Engine } from "./model.ts";

/** The certificate authority of clusters that are data: a real one, made for the rehearsal, its key thrown away. */
const withoutKey = `-----BEGIN CERTIFICATE-----
MIIBlDCCATmgAwIBAgIUC/vmFL7Sy96hw7iO7UJPTYhHQgswCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUUmVoZWFyc2FsIFByb2plY3QgQ0EwHhcNMjYxMTIzMjMzNjMx
WhcNNDYxMTE4MjMzNjMxWjAfMR0wGwYDVQQDDBRSZWhlYXJzYWwgUHJvamVjdCBD
QTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMYlSf9v2oL6h3Cq2U5U00dT+HdL
Kv9oq/EawT7VPlwx9FFgcWaUvBrMvhn7dR/KOOCfHD4ks5ZWoAPHa91IWw6jUzBR
MB0GA1UdDgQWBBR9vLmnzp/NpDygkm9ptYWcOitMmTAfBgNVHSMEGDAWgBR9vLmn
zp/NpDygkm9ptYWcOitMmTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kA
MEYCIQDZmrV92iKXnzpUDmhLp4XTw24X+C6l8k/00kVAaownKwIhAP3BVQ6ga6Di
C6KwE2QXvoGnDmFBJkoga1f+yfn7AzLN
-----END CERTIFICATE-----
`;

/** Certificates of the authorities that sign clusters' certificates, in PEM. */
export interface DatabaseAuthorities {
  /** The account's own: a client has to be told of it. */
  readonly postgres: string;
  /** One that every program trusts by itself, as the contract of services has it, which names none for Valkey. */
  readonly valkey: string;
}

/** Those of an account whose clusters are data. */
export const dataAuthorities: DatabaseAuthorities = { postgres: withoutKey, valkey: withoutKey };

/** The certificate that verifies a cluster of an engine. */
export const authorityOf = (authorities: DatabaseAuthorities, engine: Engine) =>
  engine === "valkey" ? authorities.valkey : authorities.postgres;
