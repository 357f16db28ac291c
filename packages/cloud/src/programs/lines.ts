import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Characters of the longest line; what is longer comes in several, as container runtimes do it. */
const longestLine = 16_384;

/** Reads a stream as lines. A last line without an end counts as one. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const parts = (rest + decoder.write(chunk)).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) for (const line of pieces(part)) onLine(line);
    while (rest.length > longestLine) {
      onLine(rest.slice(0, longestLine));
      rest = rest.slice(longestLine);
    }
  });
  stream.once("close", () => {
    const last = rest + decoder.end();
    if (last !== "") for (const line of pieces(last)) onLine(line);
  });
}

function pieces(text: string): string[] {
  const line = text.endsWith("\r") ? text.slice(0, -1) : text;
  if (line.length <= longestLine) return [line];
  const count = Math.ceil(line.length / longestLine);
  return Array.from({ length: count }, (_, index) =>
    line.slice(index * longestLine, (index + 1) * longestLine),
  );
}
