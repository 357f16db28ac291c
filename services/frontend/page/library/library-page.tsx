import { usePlatform } from "../shell/platform.ts";
import { usePageTitle } from "../shell/page-title.ts";
import { FileChoice } from "../uploads/choose-files.tsx";
import { Icon } from "../shell/icons.tsx";
import { AssetCard } from "./asset-card.tsx";

/** All assets, newest first. */
export function LibraryPage() {
  usePageTitle("Library");
  const { library } = usePlatform();
  const assets = library.assets.value;
  return (
    <main class="library">
      <h1 tabIndex={-1} class="visually-hidden">
        Library
      </h1>
      {library.failure.value !== undefined && (
        <p class="banner" role="alert">
          <Icon name="alert" />
          <span>{library.failure.value}</span>
          <button
            type="button"
            class="button"
            onClick={() => {
              library.refresh();
            }}
          >
            Try again
          </button>
        </p>
      )}
      {assets === undefined && library.failure.value === undefined && <Skeletons />}
      {assets?.length === 0 && <EmptyLibrary />}
      {assets !== undefined && assets.length > 0 && (
        <div class="grid">
          {assets.map((asset) => (
            <AssetCard key={asset.id} asset={asset} />
          ))}
        </div>
      )}
      <More />
    </main>
  );
}

function Skeletons() {
  return (
    <div class="grid" aria-busy="true" aria-label="Loading the library">
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} class="card skeleton">
          <div class="card-picture" />
          <div class="skeleton-line" />
          <div class="skeleton-line skeleton-short" />
        </div>
      ))}
    </div>
  );
}

function EmptyLibrary() {
  return (
    <section class="empty">
      <span class="notice-icon">
        <Icon name="film" />
      </span>
      <h2>Nothing here yet</h2>
      <p>
        Drop a film anywhere on this page. It is sent in parts, and goes on where it was when the
        network breaks.
      </p>
      <FileChoice class="button button-primary">Choose files</FileChoice>
    </section>
  );
}

function More() {
  const { library } = usePlatform();
  if (library.next.value === null) return null;
  return (
    <div class="more">
      <button
        type="button"
        class="button"
        disabled={library.isLoadingMore.value}
        onClick={() => void library.more()}
      >
        {library.isLoadingMore.value ? "Loading" : "Show more"}
      </button>
    </div>
  );
}
