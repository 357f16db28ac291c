import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { renderFileFindings } from "../../environments/rules/findings.ts";
import { environments } from "../../environments/index.ts";
import { InvalidEnvironments, loadEnvironments } from "../../environments/loading/load.ts";
import { type Release, releaseSchema } from "../../environments/schema/release.ts";
import { type ImageName, imageNames } from "../../environments/schema/environment.ts";
import { writeAtomically } from "../../operations/context/atomic-write.ts";
import type { ImageBehaviour } from "@mam-infra/cloud/digitalocean/registry/model";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import type { Workspace } from "./workspace.ts";

/** The release and rotation files of a rehearsal, and the images that they speak of. */
export class Releases {
  readonly #cloud: RehearsalCloud;
  readonly #directory: string;
  #lastGood: Release | undefined;

  constructor(cloud: RehearsalCloud, { releases }: Workspace) {
    this.#cloud = cloud;
    this.#directory = releases;
  }

  /** What the release file says now. */
  current(): Release {
    return releaseSchema.parse(JSON.parse(readFileSync(this.#file("release"), "utf8")));
  }

  /** Writes a release file. */
  write(release: Release): void {
    writeAtomically(this.#file("release"), `${JSON.stringify(release, null, 2)}\n`);
  }

  /** Remembers a release to which a later scenario goes back. */
  remember(release: Release): void {
    this.#lastGood = release;
  }

  /** The release that an earlier scenario remembered. @throws Error when none did. */
  lastGood(): Release {
    if (!this.#lastGood) throw new Error("no scenario has remembered a good release");
    return this.#lastGood;
  }

  /** Lets time pass for rotations that wait: as if what they replaced had been kept so much longer. */
  letWaitingPass(minutes: number): void {
    const file = this.#file("rotation");
    const earlier = (time: string) => new Date(Date.parse(time) - minutes * 60_000).toISOString();
    const text = readFileSync(file, "utf8");
    writeAtomically(
      file,
      text.replace(
        /"(begun|switched)": "([^"]+)"/g,
        (_, name: string, time: string) => `"${name}": "${earlier(time)}"`,
      ),
    );
  }

  /** What is half-written: files that are none of what they should be, and left-overs of a write. */
  broken(): string[] {
    const leftOver = readdirSync(this.#directory).filter((name) => name.endsWith(".new"));
    return [...leftOver.map((name) => `${name} is left over`), ...this.#findings()];
  }

  #findings(): string[] {
    const only = this.#cloud.environment.config.name;
    try {
      loadEnvironments({ inputs: environments, only, directory: this.#directory });
      return [];
    } catch (error) {
      if (error instanceof InvalidEnvironments) return [renderFileFindings(error.findings)];
      throw error;
    }
  }

  /** Pushes a new image of every component to the registry, as a build would, and returns them as a release. */
  push(behaviour: Partial<Record<ImageName, Partial<ImageBehaviour>>> = {}): Release {
    const images = imageNames.map((name) => {
      const digest = `sha256:${randomBytes(32).toString("hex")}`;
      const { repository } = this.#cloud.environment.config.services[name];
      const image = this.#cloud.imageOf(name, behaviour[name]);
      this.#cloud.digitalOcean.pushImage({ repository, digest, image });
      return [name, digest] as const;
    });
    return releaseSchema.parse({ images: Object.fromEntries(images) });
  }

  #file(kind: "release" | "rotation"): string {
    return join(this.#directory, `${this.#cloud.environment.config.name}.${kind}.json`);
  }
}
