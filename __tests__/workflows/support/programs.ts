import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { standInGh } from "../../support/github/program.ts";

const root = join(import.meta.dirname, "../../..");

/** The programs that workflows call, in a directory; what installs or tests the whole project is only looked up. */
export interface Programs {
  readonly directory: string;
  remove(): void;
}

/**
 * Runs what is of the project, and nothing else: npx would fetch what it does not know. Without a registry cdktf cannot
 * write down the checksums of providers, which play in this process.
 */
const npx = `
case "$1" in
  mam) shift; exec "${process.execPath}" "${root}/operations/mam.mjs" "$@" ;;
  cdktf) shift; exec "${root}/node_modules/.bin/cdktf" "$@" --skip-provider-lock ;;
  *) echo "npx: $1 is no program of this project" >&2; exit 127 ;;
esac`;

/** Installs nothing and runs no suite, of which this is a part; says whether the script is there. */
const npm = `
package="${root}/package.json"
if [ "$1" = --prefix ]; then package="${root}/$2/package.json"; shift 2; fi
case "$1" in
  ci) [ $# -eq 1 ] && echo "installs $package" ;;
  run) exec "${process.execPath}" -e '
    const [file, name] = process.argv.slice(1);
    const { scripts } = require(file);
    if (!(name in scripts)) { console.error("npm: no script " + name + " in " + file); process.exit(1); }
    console.log("runs " + name);' "$package" "$2" ;;
  *) echo "npm: $1 is not expected" >&2; exit 1 ;;
esac`;

const sudo = `
[ "$1" = apt-get ] || { echo "sudo: $1 is not expected" >&2; exit 1; }
case "$2" in
  update) ;;
  install) [ "$3 $4" = "--yes --no-install-recommends" ] && echo "installs $*" ;;
  *) exit 1 ;;
esac`;

/** Makes the programs. */
export function programs(): Programs {
  const gh = standInGh();
  for (const [name, script] of Object.entries({ npx, npm, sudo })) {
    writeFileSync(join(gh.directory, name), `#!/bin/sh${script}\n`);
    chmodSync(join(gh.directory, name), 0o755);
  }
  return gh;
}
