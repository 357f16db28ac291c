import { z } from "zod";

import { S3Error } from "./errors.ts";
import { readQuery } from "./signature/message.ts";
import { type XmlValue, container, repeated } from "./xml.ts";

/** Most tags that an object can have (Amazon S3, object tagging). */
const maxTags = 10;

/** The shape of one tag in XML. */
export const tagSchema = z.strictObject({
  Key: z.string().min(1).max(128),
  Value: z.string().max(256),
});

/** The shape of a `Tagging` document. */
export const taggingSchema = z.strictObject({
  TagSet: container(z.strictObject({ Tag: repeated(tagSchema) })),
});

/** Tags by key. @throws S3Error `InvalidTag` if a key comes twice, or there are too many. */
export function tagRecord(tags: readonly z.output<typeof tagSchema>[]): Record<string, string> {
  const record = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(record).length !== tags.length) {
    throw new S3Error("InvalidTag", { message: "Cannot provide multiple Tags with the same key" });
  }
  if (tags.length > maxTags) {
    throw new S3Error("InvalidTag", { message: `Object tags cannot be greater than ${maxTags}` });
  }
  return record;
}

/** Tags as the header `x-amz-tagging` has them: a query string. */
export function tagsFromHeader(header: string | undefined): Record<string, string> {
  return tagRecord(readQuery(header ?? "").map(([Key, Value]) => ({ Key, Value })));
}

/** The content of a `Tagging` element. */
export function tagContent(tags: Readonly<Record<string, string>>): XmlValue {
  return { TagSet: { Tag: tagList(tags) } };
}

/** Tags as XML elements. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
