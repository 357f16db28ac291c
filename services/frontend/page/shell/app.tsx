import { useEffect } from "preact/hooks";

import type { User } from "../api/contract.ts";
import { LibraryPage } from "../library/library-page.tsx";
import { AssetPage } from "../player/asset-page.tsx";
import { SignInPage } from "../session/sign-in-page.tsx";
import { SharedPage } from "../sharing/shared-page.tsx";
import { DropZone } from "../uploads/choose-files.tsx";
import { UploadPanel } from "../uploads/upload-panel.tsx";
import { LiveRegion } from "./announcer.tsx";
import { Header } from "./header.tsx";
import { Notice } from "./notice.tsx";
import { usePlatform } from "./platform.ts";
import { route } from "./routes.ts";

/** The whole page. */
export function App() {
  return (
    <>
      <Shown />
      <LiveRegion />
    </>
  );
}

function Shown() {
  const { configuration, session } = usePlatform();
  const shown = route.value;
  const state = session.state.value;
  if (shown.name === "shared")
    return <SharedPage edgeBase={configuration.edgeBase} signed={shown.signed} />;
  if (state.kind === "in") return <SignedIn user={state.user} />;
  if (state.kind === "out") return <SignInPage hasEnded={state.hasEnded} />;
  return <Starting />;
}

/** While nobody knows yet whether somebody is signed in. */
function Starting() {
  const { session } = usePlatform();
  const failure = session.startFailure.value;
  return (
    <main aria-busy={failure === undefined}>
      {failure !== undefined && (
        <Notice icon="alert" title="The library cannot be reached">
          <p>{failure} It is tried again by itself.</p>
        </Notice>
      )}
    </main>
  );
}

function SignedIn({ user }: { readonly user: User }) {
  const { library, uploads } = usePlatform();
  useEffect(() => {
    uploads.belongTo(user.id);
    library.open();
    return () => {
      library.close();
    };
  }, [user.id, library, uploads]);
  const shown = route.value;
  return (
    <>
      <Header email={user.email} />
      {shown.name === "library" && <LibraryPage />}
      {shown.name === "asset" && <AssetPage key={shown.id} id={shown.id} />}
      {shown.name === "nothing" && <Nothing />}
      <UploadPanel />
      <DropZone />
    </>
  );
}

function Nothing() {
  return (
    <main>
      <Notice icon="alert" title="There is nothing here">
        <a class="button" href="/">
          Back to the library
        </a>
      </Notice>
    </main>
  );
}
