import { useMemo } from "preact/hooks";

import { Player, PlayerKeys } from "../player/player.tsx";
import { PlaybackLinks } from "../player/links.ts";
import { Mark } from "../shell/icons.tsx";
import { Notice } from "../shell/notice.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { momentWords } from "../shell/words.ts";
import { sharedLinks } from "./shared-links.ts";

interface SharedPageProps {
  readonly edgeBase: string;
  /** `<exp>/<slot>/<sig>/<asset>`, as the address has it; empty when the address has another form. */
  readonly signed: string;
}

/** A film that somebody shared. Nobody has to sign in: the address is the permission, for as long as it lasts. */
export function SharedPage({ edgeBase, signed }: SharedPageProps) {
  usePageTitle("A shared film");
  const shared = useMemo(() => sharedLinks(edgeBase, signed), [edgeBase, signed]);
  return (
    <div class="shared">
      <header class="header">
        <span class="brand">
          <Mark />
          <span>A film for you</span>
        </span>
      </header>
      <main class="asset">{shared ? <SharedFilm {...shared} /> : <BrokenLink />}</main>
    </div>
  );
}

function BrokenLink() {
  return (
    <Notice icon="alert" title="This link is not valid">
      <p>It may have been cut when it was copied. Ask whoever sent it for the whole link.</p>
    </Notice>
  );
}

function SharedFilm(shared: NonNullable<ReturnType<typeof sharedLinks>>) {
  const links = useMemo(() => new PlaybackLinks(shared), [shared.hls]);
  const end = new Date(shared.expires * 1000);
  if (end.getTime() < Date.now())
    return (
      <Notice icon="clock" title="This link has expired">
        <p>
          It worked until <time dateTime={end.toISOString()}>{momentWords(end)}</time>. Ask whoever
          sent it for a new one.
        </p>
      </Notice>
    );
  return (
    <>
      <h1 tabIndex={-1} class="visually-hidden">
        A shared film
      </h1>
      <div class="stage">
        <Player links={links} title="Shared film" hasMp4 />
      </div>
      <p class="shared-end">
        This link works until <time dateTime={end.toISOString()}>{momentWords(end)}</time>.
      </p>
      <PlayerKeys />
    </>
  );
}
