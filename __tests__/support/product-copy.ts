import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { execa } from "execa";

/** What deploys nothing: the cloud, the engines, the providers, the rehearsals on them, the services, and what tries or describes the project. */
const leftOut =
  /^(packages\/(cloud|engines|provider)|rehearsal|services|scripts|findings|docs)\/|(^|\/)__tests__\//;

/**
 * A copy of the checkout with only what deploys, as it is after `npm ci` there: of the project's own packages it has the
 * clients and no other.
 */
export class ProductCopy {
  readonly directory = mkdtempSync(join(tmpdir(), "product-"));

  static async of(project: string): Promise<ProductCopy> {
    const copy = new ProductCopy();
    const listed = await execa(
      "git",
      ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
      { cwd: project },
    );
    for (const file of listed.stdout.split("\n").filter((path) => !leftOut.test(path))) {
      mkdirSync(dirname(join(copy.directory, file)), { recursive: true });
      cpSync(join(project, file), join(copy.directory, file));
    }
    copy.#link(join(project, "node_modules"));
    return copy;
  }

  /** Runs Node here, with no environment variable but the path. */
  async node(...args: string[]): Promise<string> {
    const { stdout } = await execa(process.execPath, args, {
      cwd: this.directory,
      env: { PATH: process.env.PATH ?? "" },
      extendEnv: false,
    });
    return stdout;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  #link(installed: string): void {
    const own = join(this.directory, "node_modules");
    mkdirSync(join(own, "@mam-infra"), { recursive: true });
    for (const name of readdirSync(installed).filter((one) => one !== "@mam-infra")) {
      symlinkSync(join(installed, name), join(own, name));
    }
    symlinkSync(join(this.directory, "packages/clients"), join(own, "@mam-infra/clients"));
  }
}
