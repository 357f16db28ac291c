import { useSignal } from "@preact/signals";

import type { Asset } from "../api/contract.ts";
import { wordsOf } from "../api/errors.ts";
import { announce } from "../shell/announcer.tsx";
import { Icon } from "../shell/icons.tsx";
import { usePlatform } from "../shell/platform.ts";
import { titleOf } from "../shell/words.ts";

/** Has a preview made again that failed. */
export function PreviewAgain({ asset }: { readonly asset: Asset }) {
  const { library } = usePlatform();
  const isAsking = useSignal(false);
  const failure = useSignal<string | undefined>(undefined);
  const ask = async () => {
    isAsking.value = true;
    try {
      await library.makePreviewAgain(asset.id);
      announce(`The preview of ${titleOf(asset.fileName)} is made again.`);
    } catch (error) {
      failure.value = wordsOf(error);
    } finally {
      isAsking.value = false;
    }
  };
  return (
    <div class="preview-again">
      <button type="button" class="button" disabled={isAsking.value} onClick={() => void ask()}>
        <Icon name="again" />
        <span>Try again</span>
      </button>
      {failure.value !== undefined && <p role="alert">{failure.value}</p>}
    </div>
  );
}
