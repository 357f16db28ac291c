import { randomBytes } from "node:crypto";

import type { ImageName } from "../../environments/schema/environment.ts";
import { imagesOfRelease } from "../../environments/schema/release.ts";
import type { ImageBehaviour } from "@mam-infra/cloud/digitalocean/registry/model";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";

/** A tag that every repository has, so that there is something to release. */
export interface SeededTag {
  readonly tag: string;
  /** What a person sees who releases it. */
  readonly meaning: string;
  /** How its images differ from good ones. */
  readonly behaviour: Partial<ImageBehaviour>;
}

/** What can be released beside what runs: a good image, one that never gets healthy, one whose migration fails. */
export const seededTags: readonly SeededTag[] = [
  { tag: "v1.1.0", meaning: "a good release", behaviour: {} },
  {
    tag: "v1.2.0-unhealthy",
    meaning: "never passes its health check: the old version goes on serving",
    behaviour: { healthy: false },
  },
  {
    tag: "v1.3.0-no-migration",
    meaning: "its migration fails: the deployment ends before anything is replaced",
    behaviour: { migration: "fails" },
  },
];

/** Tag of the images that the environments' release files name. */
export const releasedTag = "v1.0.0";

/** Tags what the environments have released, and pushes an image to every repository for each further tag. */
export function seedTags({ environments, digitalOcean, imageOf }: RehearsalCloud): void {
  const components = new Map<string, ImageName>();
  for (const { config, release } of environments) {
    for (const [name, digest] of imagesOfRelease(release.images)) {
      const { repository } = config.services[name];
      const image = imageOf(name);
      digitalOcean.pushImage({
        repository,
        digest,
        tags: [releasedTag],
        image,
      });
      components.set(repository, name);
    }
  }
  for (const [repository, name] of components) {
    for (const { tag, behaviour } of seededTags) {
      const image = imageOf(name, behaviour);
      digitalOcean.pushImage({ repository, digest: newDigest(), tags: [tag], image });
    }
  }
}

function newDigest(): string {
  return `sha256:${randomBytes(32).toString("hex")}`;
}
