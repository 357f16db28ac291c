/** The line by which mam finds again what it wrote; nobody sees it. */
export function markerOf(what: string, environment: string): string {
  return `<!-- mam ${what} ${environment} -->`;
}

/** Longest text of a comment or an issue, in characters (GitHub refuses more than 65536). */
const longest = 65_000;

/** A text that fits, with the marker at its end. What does not fit is cut at a paragraph, and said to be missing. */
export function fitting(text: string, marker: string, whole: string): string {
  if (text.length + marker.length + 2 <= longest) return `${text.trimEnd()}\n\n${marker}\n`;
  const cut = text.slice(0, longest - 1_000);
  const kept = cut.slice(0, Math.max(cut.lastIndexOf("\n\n"), cut.lastIndexOf("\n- ")));
  const opened = kept.split("<details>").length - kept.split("</details>").length;
  const closed = `${kept}${"\n\n</details>".repeat(opened)}`;
  return `${closed}\n\nThis is not all of it. The whole: ${whole}\n\n${marker}\n`;
}
