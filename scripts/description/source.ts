import { posix } from "node:path";
import { parse } from "yaml";

/** An object of the description. */
export type Node = Readonly<Record<string, unknown>>;

/** The files of a description, read as they are needed. */
export class Source {
  readonly #read: (path: string) => Promise<string>;
  readonly #files = new Map<string, Promise<Node>>();

  /** @param read text of a file by its path. */
  constructor(read: (path: string) => Promise<string>) {
    this.#read = read;
  }

  /** A file, parsed. */
  file(path: string): Promise<Node> {
    const known = this.#files.get(path);
    if (known) return known;
    const reading = this.#read(path).then((text) => parse(text) as Node);
    this.#files.set(path, reading);
    return reading;
  }

  /** Follows references until there is none: what stands there, and in which file. */
  async follow(node: Node, file: string): Promise<readonly [Node, string]> {
    if (typeof node.$ref !== "string") return [node, file];
    const { path, steps } = target(node.$ref, file);
    const found = steps.reduce<unknown>(
      (value, step) => (value as Node | undefined)?.[step],
      await this.file(path),
    );
    if (typeof found !== "object" || found === null) {
      throw new Error(`${file}: ${node.$ref} names nothing`);
    }
    return this.follow(found as Node, path);
  }
}

/** The file and the place in it that a reference names. */
export function target(reference: string, file: string) {
  const [path = "", fragment = ""] = reference.split("#");
  return {
    path: path === "" ? file : posix.join(posix.dirname(file), path),
    steps: fragment.split("/").filter((step) => step !== ""),
  };
}
