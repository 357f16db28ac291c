import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sideOf } from "../../../rehearsal/upgrade/side.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-side-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A program that says which version it is, and can do nothing else. */
function saying(version: string): string {
  const file = join(directory, "program");
  writeFileSync(file, `#!/bin/sh\n[ "$1" = version ] && echo '${version}'\n`, { mode: 0o755 });
  return file;
}

test("the Terraform of PATH is taken without a pin, and by its version", async () => {
  const { what, program } = await sideOf({});
  const [, version] = what.split(" ");

  expect(program).toBe("terraform");
  expect(await sideOf({ terraform: version! })).toEqual({
    what,
    program,
    bindings: undefined,
  });
});

test("a file is taken by the version that it says, with the bindings beside it", async () => {
  const terraform = saying("OpenTofu v1.11.5");

  expect(await sideOf({ terraform, bindings: "13.13.0" })).toEqual({
    what: "OpenTofu 1.11.5, bindings 13.13.0",
    program: terraform,
    bindings: "13.13.0",
  });
  expect((await sideOf({ terraform }, "13.14.1")).what).toBe("OpenTofu 1.11.5, bindings 13.14.1");
});

test("another version than that of PATH is refused with the way to name its file", async () => {
  await expect(sideOf({ terraform: "1.11.999" })).rejects.toThrow(
    /^The Terraform of PATH is .+, expected 1\.11\.999\.\n {2}fix: name the file of that version/,
  );
});

test("a file that is not there, one that is no Terraform, and one that the stacks refuse are named", async () => {
  const gone = join(directory, "gone");

  await expect(sideOf({ terraform: gone })).rejects.toThrow(`There is no program ${gone}.`);
  const other = saying("Packer v1.11.5");
  await expect(sideOf({ terraform: other })).rejects.toThrow(
    `${other} is no Terraform that runs here.`,
  );
  await expect(sideOf({ terraform: saying("Terraform v1.10.5") })).rejects.toThrow(
    "Terraform 1.10.5 does not deploy, expected >=1.11.4 <1.16.0 (stacks/versions.ts).",
  );
});
