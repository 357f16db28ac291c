import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Where servers lie that a person's PATH often leaves out: Debian's system directories, Homebrew's. */
const further = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

/** Whether a file is there and may be executed. */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first of some programs that is on the PATH or in a system directory; undefined when none is. */
export async function onPath(
  path: string | undefined,
  names: readonly string[],
): Promise<string | undefined> {
  const directories = [...(path ?? "").split(delimiter).filter(Boolean), ...further];
  for (const name of names) {
    for (const directory of directories) {
      const program = join(directory, name);
      if (await isProgram(program)) return program;
    }
  }
  return undefined;
}
