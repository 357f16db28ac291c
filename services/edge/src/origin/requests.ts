import type { S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";

import { type WantedRange, rangeHeader } from "../media/ranges.ts";

/** What is asked for of an object. */
export interface Wanted {
  /** Default: the whole. */
  readonly range?: WantedRange | undefined;
  /** Entity tags that the viewer has. */
  readonly ifNoneMatch?: string | undefined;
  /** Date of HTTP; not sent beside entity tags, which come first. */
  readonly ifModifiedSince?: string | undefined;
  /** Entity tag that the object must have: pieces of two versions make no film. */
  readonly ifMatch?: string | undefined;
}

/** What asks for objects is signed with. */
export interface RequestSigning {
  /** Its key and region are used. */
  readonly storage: S3Client;
  /** Base of storage's addresses. */
  readonly endpoint: string;
  readonly bucket: string;
}

/** Writes the heads of requests to storage, signed by the SDK's own signer. */
export class SignedRequests {
  readonly #base: URL;
  readonly #bucket: string;
  readonly #signer: SignatureV4;

  constructor({ storage, endpoint, bucket }: RequestSigning) {
    this.#base = new URL(endpoint);
    this.#bucket = bucket;
    const { credentials, region, sha256 } = storage.config;
    this.#signer = new SignatureV4({
      service: "s3",
      credentials,
      region,
      sha256,
      uriEscapePath: false,
      applyChecksum: false,
    });
  }

  /** @param key has only characters that need no encoding, as docs/links.md demands. */
  async head(method: "GET" | "HEAD", key: string, wanted: Wanted): Promise<string> {
    const path = `${this.#base.pathname.replace(/\/$/, "")}/${this.#bucket}/${key}`;
    const { headers } = await this.#signer.sign({
      method,
      protocol: this.#base.protocol,
      hostname: this.#base.hostname,
      path,
      query: {},
      headers: { host: this.#base.host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    });
    const lines = Object.entries({ ...headers, ...unsignedHeaders(wanted) }).flatMap(
      ([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]),
    );
    return [`${method} ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
  }
}

function unsignedHeaders({ range, ifNoneMatch, ifModifiedSince, ifMatch }: Wanted) {
  return {
    "user-agent": "mam-edge",
    range: range && rangeHeader(range),
    "if-none-match": ifNoneMatch,
    "if-modified-since": ifNoneMatch === undefined ? ifModifiedSince : undefined,
    "if-match": ifMatch,
  };
}
