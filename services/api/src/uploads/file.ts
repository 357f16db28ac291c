/**
 * Types by extension. Browsers know few of these, and storage is told the type when an upload begins: so the API's own
 * list decides. What is not in it is kept as bytes; the worker looks inside anyway.
 */
const contentTypes: Readonly<Record<string, string>> = {
  "3gp": "video/3gpp",
  aac: "audio/aac",
  aif: "audio/aiff",
  aiff: "audio/aiff",
  avi: "video/x-msvideo",
  dv: "video/x-dv",
  flac: "audio/flac",
  flv: "video/x-flv",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  m2ts: "video/mp2t",
  m4a: "audio/mp4",
  m4v: "video/x-m4v",
  mkv: "video/x-matroska",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  mpg: "video/mpeg",
  mts: "video/mp2t",
  mxf: "application/mxf",
  ogv: "video/ogg",
  png: "image/png",
  ts: "video/mp2t",
  wav: "audio/wav",
  webm: "video/webm",
  wmv: "video/x-ms-wmv",
};

/** Type of a file by its name. */
export function contentTypeOf(fileName: string): string {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(contentTypes, extension)
    ? (contentTypes[extension] ?? "")
    : "application/octet-stream";
}

/** Longest name in a key, in characters; S3 allows 1024 bytes for the whole key. */
const longestName = 120;

/**
 * A file's name as it may stand in a key: letters, digits, dot, dash and underscore. Its end is kept, where the
 * extension is. People see the name that they gave; this one only has to be harmless in addresses, shells and logs.
 */
export function safeFileName(fileName: string): string {
  const safe = fileName
    .normalize("NFKD")
    .replaceAll(/\p{Mark}+/gu, "")
    .replaceAll(/[^A-Za-z0-9._-]+/g, "_")
    .slice(-longestName)
    .replace(/^[._-]+/, "");
  return safe === "" ? "file" : safe;
}
