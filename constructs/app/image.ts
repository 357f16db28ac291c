import type { AppContext } from "./context.ts";

/**
 * An image by its digest: a tag that is moved later would not be picked up, and could not be rolled back to.
 *
 * An app that was made by hand may deploy each push, which the platform refuses beside a digest; and the provider (2.99.1) keeps
 * the block of the component that stood at the same place, unless it is said.
 */
export function imageByDigest({ config }: AppContext, repository: string, digest: string) {
  const image = { registryType: "DOCR", repository, digest };
  if (config.state.adopted.app === undefined) return image;
  return { ...image, deployOnPush: [{ enabled: false }] };
}
