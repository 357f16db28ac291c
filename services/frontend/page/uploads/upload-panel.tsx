import { useComputed, useSignal } from "@preact/signals";

import { Icon } from "../shell/icons.tsx";
import { usePlatform } from "../shell/platform.ts";
import { sizeWords } from "../shell/words.ts";
import type { Unfinished } from "./memory.ts";
import { UploadRow } from "./upload-row.tsx";

/** What is being uploaded, in a corner of whatever the page shows. */
export function UploadPanel() {
  const { uploads } = usePlatform();
  const isFolded = useSignal(false);
  const all = uploads.uploads.value;
  const unfinished = uploads.unfinished.value;
  if (all.length + unfinished.length === 0) return null;
  return (
    <aside class="uploads" aria-label="Uploads">
      <button
        type="button"
        class="uploads-header"
        aria-expanded={!isFolded.value}
        onClick={() => {
          isFolded.value = !isFolded.value;
        }}
      >
        <Summary />
        <Icon name="chevron" />
      </button>
      {!isFolded.value && (
        <ul class="uploads-list">
          {all.toReversed().map((upload) => (
            <UploadRow key={upload} upload={upload} />
          ))}
          {unfinished.map((upload) => (
            <UnfinishedRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </aside>
  );
}

function Summary() {
  const { uploads } = usePlatform();
  const words = useComputed(() => {
    const under = uploads.underWay.value;
    if (under.length === 0) return "Uploads";
    const sent = under.reduce((sum, upload) => sum + upload.sent.value, 0);
    const size = under.reduce((sum, upload) => sum + upload.file.size, 0);
    const files = under.length === 1 ? "1 file" : `${under.length} files`;
    return `Uploading ${files}, ${Math.floor((100 * sent) / Math.max(size, 1))} %`;
  });
  return <span>{words}</span>;
}

/** An upload that was cut off by closing the page: only the file itself is missing. */
function UnfinishedRow({ upload }: { readonly upload: Unfinished }) {
  const { uploads } = usePlatform();
  return (
    <li class="upload">
      <div class="upload-text">
        <span class="upload-name">{upload.fileName}</span>
        <span class="upload-state">
          {sizeWords(upload.size)}, unfinished. Choose the file again to go on.
        </span>
      </div>
      <div class="upload-actions">
        <button
          type="button"
          class="icon-button"
          aria-label={`Give up ${upload.fileName}`}
          onClick={() => void uploads.discard(upload)}
        >
          <Icon name="close" />
        </button>
      </div>
    </li>
  );
}
