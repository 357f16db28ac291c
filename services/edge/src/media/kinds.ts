/** How long a viewer's browser may keep an object without asking again. */
type Keeping =
  /** As long as the link lives, and it never changes meanwhile. */
  | "immutable"
  /** As long as the link lives. */
  | "kept"
  /** Not at all: each use asks whether it changed. */
  | "asked"
  /** As `kept` when the playlist says that it is complete, as `asked` while it grows. */
  | "playlist";

/** What an object is, by its name: storage's own word for it depends on who wrote it. */
export interface MediaKind {
  readonly type: string;
  readonly keeping: Keeping;
}

/** Kinds by extension; docs/jobs.md has the objects of a preview. */
const kinds: Readonly<Record<string, MediaKind>> = {
  m3u8: { type: "application/vnd.apple.mpegurl", keeping: "playlist" },
  ts: { type: "video/mp2t", keeping: "immutable" },
  m4s: { type: "video/iso.segment", keeping: "immutable" },
  mp4: { type: "video/mp4", keeping: "kept" },
  jpg: { type: "image/jpeg", keeping: "kept" },
  vtt: { type: "text/vtt; charset=utf-8", keeping: "kept" },
  json: { type: "application/json; charset=utf-8", keeping: "asked" },
};

const unknown: MediaKind = { type: "application/octet-stream", keeping: "asked" };

/** The kind of an object. */
export function kindOf(key: string): MediaKind {
  const extension = /\.([a-z0-9]+)$/.exec(key)?.[1] ?? "";
  return Object.hasOwn(kinds, extension) ? (kinds[extension] ?? unknown) : unknown;
}

/**
 * Whether a playlist is complete: only then may it be kept. While a preview is made its list grows, and a list that names
 * other lists has no end mark at all.
 */
export const isComplete = (playlist: string): boolean => /^#EXT-X-ENDLIST\s*$/m.test(playlist);

/**
 * Cache-Control of an object. Always private: a shared cache would serve it after its link has expired, and to others.
 *
 * @param secondsLeft until the link expires.
 */
export function cacheControl(keeping: Keeping, secondsLeft: number, isListComplete = false) {
  const isKept = keeping === "immutable" || keeping === "kept" || isListComplete;
  if (!isKept) return "private, no-cache";
  const maxAge = Math.max(0, Math.floor(secondsLeft));
  return `private, max-age=${maxAge}${keeping === "immutable" ? ", immutable" : ""}`;
}
