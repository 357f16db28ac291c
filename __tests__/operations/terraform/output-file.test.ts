import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openOutputFile } from "../../../operations/terraform/output-file.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-output-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

async function linesOf(script: string): Promise<{ lines: string[]; text: string }> {
  const file = openOutputFile(directory, "said");
  const child = spawn("sh", ["-c", script], { stdio: ["ignore", file.descriptor, "ignore"] });
  const lines: string[] = [];
  for await (const line of file.lines(once(child, "close"))) lines.push(line);
  const text = file.text();
  file.remove();
  return { lines, text };
}

test("every line is heard once, also one that is written in parts, and one that ends with its process", async () => {
  const script = "printf 'one\\ntw'; sleep 0.3; printf 'o\\n\\nthree'";

  expect(await linesOf(script)).toEqual({
    lines: ["one", "two", "", "three"],
    text: "one\ntwo\n\nthree",
  });
});

test("a letter whose bytes come apart is one letter, and a line may be longer than what is read at once", async () => {
  const script = `printf '\\303'; sleep 0.3; printf '\\251\\n'; head -c 200000 /dev/zero | tr '\\0' x`;

  expect((await linesOf(script)).lines).toEqual(["é", "x".repeat(200_000)]);
});

test("nobody else may read it, and it is gone afterwards", () => {
  const file = openOutputFile(directory, "said");
  const [name = ""] = readdirSync(directory);

  expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  file.remove();
  expect(readdirSync(directory)).toEqual([]);
});
