import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { Asset, Playback } from "../api/contract.ts";
import { ApiError, SessionEnded, wordsOf } from "../api/errors.ts";
import { isMoving, isPlayable, statusWords } from "../library/assets.ts";
import { Poster } from "../library/poster.tsx";
import { PreviewAgain } from "../library/preview-again.tsx";
import { ShareButton } from "../sharing/share-button.tsx";
import { Icon } from "../shell/icons.tsx";
import { Notice } from "../shell/notice.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { usePlatform } from "../shell/platform.ts";
import { dateWords, durationWords, sizeWords, titleOf } from "../shell/words.ts";
import { PlaybackLinks } from "./links.ts";
import { Player, PlayerKeys } from "./player.tsx";

/** One asset: its film, and what is known of it. */
export function AssetPage({ id }: { readonly id: string }) {
  const { library } = usePlatform();
  const failure = useSignal<unknown>(undefined);
  useEffect(() => {
    failure.value = undefined;
    library.load(id).catch((error: unknown) => {
      if (!(error instanceof SessionEnded)) failure.value = error;
    });
  }, [id, library, failure]);
  const asset = library.assets.value?.find((one) => one.id === id);
  if (asset) return <AssetView asset={asset} />;
  if (failure.value === undefined) return <main class="asset" aria-busy="true" />;
  const isMissing = failure.value instanceof ApiError && failure.value.status < 500;
  return (
    <main>
      <Notice
        icon="alert"
        title={isMissing ? "There is no such film" : "This film cannot be loaded"}
      >
        <p>{wordsOf(failure.value)}</p>
        <a class="button" href="/">
          Back to the library
        </a>
      </Notice>
    </main>
  );
}

function AssetView({ asset }: { readonly asset: Asset }) {
  const title = titleOf(asset.fileName);
  usePageTitle(title);
  return (
    <main class="asset">
      <a class="back" href="/">
        <Icon name="back" />
        <span>Library</span>
      </a>
      <div class="stage">
        {isPlayable(asset) ? <Film asset={asset} /> : <NotYet asset={asset} />}
      </div>
      <div class="asset-head">
        <h1 tabIndex={-1}>{title}</h1>
        {isPlayable(asset) && <ShareButton asset={asset} />}
      </div>
      <Facts asset={asset} />
      {isPlayable(asset) && <PlayerKeys />}
    </main>
  );
}

function Film({ asset }: { readonly asset: Asset }) {
  const { client } = usePlatform();
  const links = useSignal<PlaybackLinks | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const renew = () => client.call<Playback>(`/assets/${asset.id}/playback`, { method: "POST" });
    renew()
      .then((first) => {
        links.value = new PlaybackLinks(first, renew);
      })
      .catch((error: unknown) => {
        failure.value = wordsOf(error);
      });
  }, [asset.id, client, links, failure]);
  if (failure.value !== undefined)
    return (
      <p class="player-trouble" role="alert">
        {failure.value}
      </p>
    );
  if (!links.value) return null;
  return (
    <Player
      links={links.value}
      poster={asset.poster}
      title={titleOf(asset.fileName)}
      hasMp4={asset.status === "ready"}
    />
  );
}

/** What stands where the film will be. */
function NotYet({ asset }: { readonly asset: Asset }) {
  return (
    <div class="not-yet">
      <Poster asset={asset} />
      <div class="not-yet-words">
        <p class="not-yet-status" role="status">
          {statusWords(asset)}
        </p>
        {isMoving(asset) && <p>It plays as soon as its first seconds are there.</p>}
        {asset.reason !== undefined && <p>{asset.reason}</p>}
        {asset.status === "failed" && <PreviewAgain asset={asset} />}
      </div>
    </div>
  );
}

function Facts({ asset }: { readonly asset: Asset }) {
  const { media } = asset;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Length", media === undefined ? undefined : durationWords(media.duration)],
    ["Picture", media === undefined ? undefined : `${media.width} × ${media.height}`],
    ["Original", sizeWords(asset.size)],
    ["Added", dateWords(new Date(asset.createdAt))],
    ["File", asset.fileName],
    ["State", statusWords(asset)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
