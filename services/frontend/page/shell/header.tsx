import { useSignal } from "@preact/signals";

import { UploadButton } from "../uploads/choose-files.tsx";
import { Confirmation } from "./dialog.tsx";
import { Mark } from "./icons.tsx";
import { usePlatform } from "./platform.ts";
import { signOut } from "./sign-out.ts";

/** The bar at the top: where one is, what one can do, and who one is. */
export function Header({ email }: { readonly email: string }) {
  const platform = usePlatform();
  const { environment } = platform.configuration;
  const isAsking = useSignal(false);
  const count = platform.uploads.underWay.value.length;
  const leave = () => void signOut(platform);
  return (
    <header class="header">
      <a href="/" class="brand">
        <Mark />
        <span>Library</span>
      </a>
      {environment !== "production" && <span class="chip">{environment}</span>}
      <div class="header-actions">
        <UploadButton />
        <span class="account" title={email}>
          {email}
        </span>
        <button
          type="button"
          class="button button-quiet"
          onClick={() => {
            if (count > 0) isAsking.value = true;
            else leave();
          }}
        >
          Sign out
        </button>
      </div>
      {isAsking.value && (
        <Confirmation
          title="Sign out while files are uploading?"
          words={`${count} ${count === 1 ? "upload stops" : "uploads stop"}. Sign in and choose the same files again to go on where they were.`}
          action="Sign out"
          onConfirm={leave}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </header>
  );
}
