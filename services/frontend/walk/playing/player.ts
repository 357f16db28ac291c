import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { chromium } from "playwright-core";

import { settingsOf } from "../browser.ts";
import type { Playing, playFilm } from "./film.ts";

/** A browser with one page, which plays films of a directory one after the other. */
export interface FilmPlayer {
  /** Such as `Chromium 150.0.7871.124`. */
  readonly version: string;
  /**
   * Plays a film to its end: an MP4 by itself, an HLS playlist by hls.js.
   *
   * @param path below the directory.
   * @throws Error with what the browser said, when it cannot.
   */
  play(path: string): Promise<Playing>;
  close(): Promise<void>;
}

/** Starts a browser for the films of a directory. @param program Chromium. */
export async function startFilmPlayer(program: string, directory: string): Promise<FilmPlayer> {
  const server = await serve(directory);
  const browser = await chromium.launch(settingsOf(program));
  const page = await browser.newPage();
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await page.goto(base);
  return {
    version: `Chromium ${browser.version()}`,
    play: (path) =>
      page.evaluate(
        (address) => (globalThis as unknown as { playFilm: typeof playFilm }).playFilm(address),
        `${base}/films/${path}`,
      ),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const types: Readonly<Record<string, string>> = {
  ".m3u8": "application/vnd.apple.mpegurl",
  ".ts": "video/mp2t",
  ".mp4": "video/mp4",
};

/** Serves a page that can play films, and the films below `/films/`. */
async function serve(directory: string): Promise<Server> {
  const page = `<!doctype html><body><script>${await pageScript()}</script>`;
  const server = createServer(({ url = "/" }, response) => {
    const path = normalize(url);
    if (!path.startsWith("/films/")) {
      response.setHeader("content-type", "text/html; charset=utf-8").end(page);
      return;
    }
    readFile(join(directory, path.slice("/films/".length))).then(
      (body) => response.setHeader("content-type", types[extname(path)] ?? "").end(body),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("film.ts", import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    logLevel: "warning",
  });
  return (outputFiles[0]?.text ?? "").replaceAll("</script", String.raw`<\/script`);
}
