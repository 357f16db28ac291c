const suffix = ".localhost";

/**
 * What the official hosts are called on this machine: `https://H` is `http://H.localhost:PORT`, for people, browsers and
 * programs. Browsers resolve such names by themselves and treat them as secure.
 */
export class LocalNames {
  readonly #port: () => number;
  /** The official hosts that the door answers for. */
  readonly hosts: () => readonly string[];

  /**
   * @param port of the door.
   * @param hosts the official hosts that the door answers for.
   */
  constructor(port: () => number, hosts: () => readonly string[]) {
    this.#port = port;
    this.hosts = hosts;
  }

  /** The official host that a Host header of the door stands for; undefined for a header of another shape. */
  officialHost(header: string | undefined): string | undefined {
    const [name = ""] = (header ?? "").toLowerCase().split(":");
    return name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined;
  }

  /** The Host header of an official host at the door. */
  localHost(host: string): string {
    return `${host}${suffix}:${this.#port()}`;
  }

  /** A text in which every address of an official host is the door's: `https://H/a` becomes `http://H.localhost:PORT/a`. */
  toLocal(text: string): string {
    if (!text.includes("https://")) return text;
    const known = new Set(this.hosts());
    return text.replace(/https:\/\/([A-Za-z0-9.-]+)(:443)?(?![\w.:-])/g, (whole, host: string) =>
      known.has(host.toLowerCase()) ? `http://${this.localHost(host)}` : whole,
    );
  }

  /** The opposite of {@link toLocal}. */
  toOfficial(text: string): string {
    return text.replace(
      /http:\/\/([A-Za-z0-9.-]+)\.localhost:(\d+)/g,
      (whole, host: string, port: string) =>
        Number(port) === this.#port() ? `https://${host}` : whole,
    );
  }
}
