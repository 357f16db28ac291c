import type { Asset } from "../api/contract.ts";
import { dateWords, durationWords, sizeWords, titleOf } from "../shell/words.ts";
import { isMoving, statusWords } from "./assets.ts";
import { PreviewAgain } from "./preview-again.tsx";
import { Poster } from "./poster.tsx";

/** An asset in the library: its picture, its name, and where it is on its way. */
export function AssetCard({ asset }: { readonly asset: Asset }) {
  const words = statusWords(asset);
  const facts = [sizeWords(asset.size), dateWords(new Date(asset.createdAt))];
  return (
    <article class="card" data-asset={asset.id} data-status={asset.status}>
      <div class="card-picture">
        <Poster asset={asset} />
        {asset.media?.duration !== undefined && (
          <span class="card-duration">{durationWords(asset.media.duration)}</span>
        )}
        {words !== undefined && <span class="card-status">{words}</span>}
        {isMoving(asset) && <CardProgress asset={asset} />}
      </div>
      <h2 class="card-title">
        <a href={`/assets/${asset.id}`}>{titleOf(asset.fileName)}</a>
      </h2>
      <p class="card-facts">{facts.join(" · ")}</p>
      {asset.reason !== undefined && <p class="card-reason">{asset.reason}</p>}
      {asset.status === "failed" && <PreviewAgain asset={asset} />}
    </article>
  );
}

function CardProgress({ asset }: { readonly asset: Asset }) {
  const label = `Preview of ${titleOf(asset.fileName)}`;
  const { progress } = asset;
  return progress === undefined ? (
    <progress class="progress" aria-label={label} />
  ) : (
    <progress class="progress" aria-label={label} max={100} value={progress} />
  );
}
