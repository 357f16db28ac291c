import { existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Of the terminal that cdktf-cli uses, @cdktf/node-pty-prebuilt-multiarch 0.10.2, npm installs what was built for every
// platform: 158 of its 161 MiB are for Windows. What this platform cannot load goes; `npm ci` brings it back elsewhere.
const prebuilds = new URL(
  "../node_modules/@cdktf/node-pty-prebuilt-multiarch/prebuilds/",
  import.meta.url,
);
const built = existsSync(prebuilds) ? readdirSync(prebuilds) : [];
for (const platform of built.filter((one) => one !== `${process.platform}-${process.arch}`))
  rmSync(fileURLToPath(new URL(platform, prebuilds)), { recursive: true });
