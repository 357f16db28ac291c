import { S3Error } from "../errors.ts";
import type { Page } from "../listing.ts";
import { uriEncode } from "../signature/message.ts";
import type { XmlValue } from "../xml.ts";
import type { Call, S3Request } from "./operation.ts";

/** Most names on a page (Amazon S3, ListObjectsV2). */
const maxPage = 1000;

/** Query parameters of every listing of names. */
export const commonParameters = ["prefix", "delimiter", "encoding-type"];

/** What a request asks of a listing. */
export interface ListingQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Writes a name as the client wants it: as it is, or percent-encoded. */
  readonly encode: (name: string) => string;
}

/** Reads what a request asks of a listing. @throws S3Error `InvalidArgument` */
export function listingQuery({ query }: S3Request, sizeParameter: string): ListingQuery {
  const encoding = query.get("encoding-type");
  if (encoding !== undefined && encoding !== "url") {
    throw new S3Error("InvalidArgument", {
      message: "Invalid Encoding Method specified in Request",
    });
  }
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    maxKeys: pageSize(query.get(sizeParameter), sizeParameter),
    encode: encoding === "url" ? (name) => uriEncode(name).replaceAll("%2F", "/") : (name) => name,
  };
}

/** The size of a page; more than 1000 is taken for 1000. */
export function pageSize(text: string | undefined, name: string): number {
  const size = Number(text ?? maxPage);
  if (!Number.isInteger(size) || size < 0) {
    throw new S3Error("InvalidArgument", {
      message: `Argument ${name} must be an integer between 0 and 2147483647`,
      elements: { ArgumentName: name, ArgumentValue: text ?? "" },
    });
  }
  return Math.min(size, maxPage);
}

/** The elements that every listing of names has. */
export function commonElements(
  { request }: Call,
  { prefix, delimiter, encode }: ListingQuery,
  page: Page<unknown>,
): Readonly<Record<string, XmlValue>> {
  return {
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    EncodingType: request.query.get("encoding-type"),
    IsTruncated: page.next !== undefined,
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  };
}
