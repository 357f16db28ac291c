import { useSignal } from "@preact/signals";

import type { Asset } from "../api/contract.ts";
import { Icon } from "../shell/icons.tsx";
import { usePlatform } from "../shell/platform.ts";

/** A hue of an asset's own, for as long as it has no picture. */
const hueOf = (id: string) => Number.parseInt(id.slice(0, 6), 16) % 360 || 210;

/**
 * The picture of an asset, or a colour until there is one.
 *
 * Asked for with CORS, as the player asks: a browser keeps one copy for both, and one that came without could not be
 * used by the player.
 */
export function Poster({ asset }: { readonly asset: Asset }) {
  const { library } = usePlatform();
  const failed = useSignal<string | undefined>(undefined);
  const { poster, media } = asset;
  const isUpright = (media?.height ?? 0) > (media?.width ?? 0);
  return (
    <div class="poster" style={{ "--hue": String(hueOf(asset.id)) }} data-upright={isUpright}>
      {poster !== undefined && failed.value !== poster ? (
        <img
          src={poster}
          alt=""
          crossorigin="anonymous"
          loading="lazy"
          decoding="async"
          onError={() => {
            // The link has ended: the asset's newer state has a newer one.
            failed.value = poster;
            void library.load(asset.id).catch(() => undefined);
          }}
        />
      ) : (
        <Icon name="film" />
      )}
    </div>
  );
}
