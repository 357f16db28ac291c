import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { openInBrowser } from "../../../../operations/dashboard-page/serve/browser.ts";

const address = "http://127.0.0.1:8400/open/0123abcd";
const onLinux = process.platform === "linux" ? test : test.skip;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-browser-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

onLinux("the person's browser gets the address, and no token of a platform", async () => {
  const told = join(directory, "told");
  const program = join(directory, "xdg-open");
  writeFileSync(program, `#!/bin/sh\n{ echo "$@"; env; } > ${told}.new\nmv ${told}.new ${told}\n`);
  chmodSync(program, 0o755);
  const variables = {
    DISPLAY: ":0",
    PATH: `${directory}:${process.env.PATH ?? ""}`,
    DIGITALOCEAN_TOKEN: "dop_v1_not_for_a_browser",
    TF_VAR_jwt_secret: "not for a browser, neither",
    AWS_SECRET_ACCESS_KEY: "nor this",
  };

  expect(openInBrowser(address, variables)).toBe(true);
  while (!existsSync(told)) await setTimeout(10);
  const text = readFileSync(told, "utf8");
  expect(text.split("\n")[0]).toBe(address);
  expect(text).toContain("DISPLAY=:0");
  expect(text).not.toMatch(/not[ _]for[ _]a[ _]browser|nor this/);
});

onLinux.each([
  ["in CI", { CI: "1", DISPLAY: ":0" }],
  ["without a screen", {}],
])("no browser is started %s", (_, variables) => {
  expect(openInBrowser(address, { ...variables, PATH: directory })).toBe(false);
});

onLinux("a browser that is not there is no failure", async () => {
  expect(openInBrowser(address, { WAYLAND_DISPLAY: "wayland-0", PATH: directory })).toBe(true);
  // Its failure would end the process.
  await setTimeout(50);
});
