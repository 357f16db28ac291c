import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findEngines } from "@mam-infra/engines";
import { execa } from "execa";
import { marked } from "marked";
import { chromium } from "playwright-core";

/**
 * Takes the picture of a review's comment anew, from docs/review-comments.md: `npm run pictures:review`. It is drawn as
 * Markdown is on GitHub, in a style that is like its own.
 */
const heading = "## Larger databases";
const width = 900;

const page = readFileSync("docs/review-comments.md", "utf8");
const section = page.slice(page.indexOf(heading)).split("\n## ")[0] ?? "";
const comment = section
  .split("\n")
  .filter((line) => line.startsWith(">"))
  .map((line) => line.replace(/^> ?/, ""))
  .join("\n");

const style = `
  body { margin: 24px; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; }
  article { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
  header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; }
  header b { color: #1f2328; }
  main { padding: 8px 16px 16px; }
  h4 { font-size: 20px; border-bottom: 1px solid #d1d9e0; padding-bottom: 6px; margin: 12px 0; }
  h5 { font-size: 16px; margin: 20px 0 8px; }
  table { border-collapse: collapse; margin: 12px 0; }
  th, td { border: 1px solid #d1d9e0; padding: 5px 12px; text-align: left; }
  code { background: #818b981f; border-radius: 6px; padding: 2px 5px; font: 12px ui-monospace, "DejaVu Sans Mono", monospace; }
  details { margin: 8px 0; }`;

const html = `<!doctype html><meta charset="utf-8"><style>${style}</style><body><article>
  <header><b>github-actions</b> bot commented · edited</header>
  <main>${await marked.parse(comment)}</main></article></body>`;

const { found } = await findEngines({ only: ["chromium", "ffmpeg"] });
if (!found.chromium || !found.ffmpeg) throw new Error("it takes Chromium and ffmpeg");
const directory = mkdtempSync(join(tmpdir(), "mam-review-picture-"));
const browser = await chromium.launch({
  executablePath: found.chromium.program,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const view = await browser.newPage({ viewport: { width, height: 400 }, deviceScaleFactor: 1.5 });
  await view.setContent(html);
  await view.locator("details > summary").first().click();
  const file = join(directory, "review.png");
  await view.screenshot({ path: file, fullPage: true });
  const webp = ["-c:v", "libwebp", "-quality", "84", "-compression_level", "6"];
  const line = ["-v", "error", "-y", "-i", file, ...webp, "docs/pictures/review.webp"];
  await execa(found.ffmpeg.program, line);
} finally {
  await browser.close();
  rmSync(directory, { recursive: true });
}
