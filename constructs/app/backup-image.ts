import type { AppContext } from "./context.ts";

/**
 * Digest of the backup's image; undefined when the app has no backup: it is switched off, or the release has no image of it.
 */
export function backupImage({
  config,
  release,
}: Pick<AppContext, "config" | "release">): string | undefined {
  return config.services.backup.enabled ? release.images.backup : undefined;
}
