import { useSignal } from "@preact/signals";

import type { Asset, Share } from "../api/contract.ts";
import { wordsOf } from "../api/errors.ts";
import { announce } from "../shell/announcer.tsx";
import { Dialog } from "../shell/dialog.tsx";
import { Icon } from "../shell/icons.tsx";
import { usePlatform } from "../shell/platform.ts";
import { momentWords, titleOf } from "../shell/words.ts";

/** Makes a link for somebody who has no account. */
export function ShareButton({ asset }: { readonly asset: Asset }) {
  const { client } = usePlatform();
  const isOpen = useSignal(false);
  const share = useSignal<Share | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const make = async () => {
    isOpen.value = true;
    share.value = undefined;
    failure.value = undefined;
    try {
      share.value = await client.call<Share>(`/assets/${asset.id}/shares`, { method: "POST" });
    } catch (error) {
      failure.value = wordsOf(error);
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void make()}>
        <Icon name="share" />
        <span>Share</span>
      </button>
      {isOpen.value && (
        <Dialog title={`Share ${titleOf(asset.fileName)}`} onClose={() => (isOpen.value = false)}>
          {failure.value !== undefined && <p role="alert">{failure.value}</p>}
          {share.value ? <ShareLink share={share.value} /> : <p>Making a link.</p>}
        </Dialog>
      )}
    </>
  );
}

function ShareLink({ share }: { readonly share: Share }) {
  const isCopied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(share.url);
    isCopied.value = true;
    announce("The link is copied.");
  };
  return (
    <>
      <p>
        Whoever has this link can watch the film, without an account, until{" "}
        <time dateTime={share.expiresAt}>{momentWords(new Date(share.expiresAt))}</time>.
      </p>
      <div class="share-link">
        <input
          class="input"
          readOnly
          aria-label="Link"
          value={share.url}
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
        />
        <button type="button" class="button button-primary" onClick={() => void copy()}>
          <Icon name={isCopied.value ? "done" : "copy"} />
          <span>{isCopied.value ? "Copied" : "Copy"}</span>
        </button>
      </div>
    </>
  );
}
