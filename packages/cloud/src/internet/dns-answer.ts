const recordTypes = ["A", "NS", "CNAME", "CAA", "SRV"] as const;

/** Type of a record that is answered. */
export type RecordType = (typeof recordTypes)[number];

/** Whether a type of record is one that is answered. */
export function isRecordType(type: string): type is RecordType {
  return recordTypes.some((one) => one === type);
}

const authorityTags = ["issue", "issuewild", "iodef"] as const;

/** What a CAA record is about (RFC 8659, section 4.1). */
export type AuthorityTag = (typeof authorityTags)[number];

/** Whether a tag is one that certificate authorities know. */
export function isAuthorityTag(tag: string): tag is AuthorityTag {
  return authorityTags.some((one) => one === tag);
}

/** A record of an answer. */
export type ResourceRecord =
  | { readonly name: string; readonly type: "SRV"; readonly target: string; readonly port: number }
  | { readonly name: string; readonly type: "A" | "CNAME" | "NS"; readonly data: string }
  | {
      readonly name: string;
      readonly type: "CAA";
      readonly flags: number;
      readonly tag: AuthorityTag;
      readonly data: string;
    };

/** What an answer says beside its records (RFC 1035, section 4.1.1). */
export const responseCodes = { answered: 0, serverFailure: 2, noSuchName: 3 } as const;

/** An answer to a question. */
export interface DnsAnswer {
  readonly code: (typeof responseCodes)[keyof typeof responseCodes];
  readonly records: readonly ResourceRecord[];
}
