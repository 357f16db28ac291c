import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { steerByKeys, keyWords } from "./keyboard.ts";
import type { PlaybackLinks } from "./links.ts";
import { Playback, type Trouble } from "./playback.ts";

interface PlayerProps {
  readonly links: PlaybackLinks;
  /** Link to a picture to show before it plays, where there is one: it is made after the first seconds. */
  readonly poster?: string | undefined;
  /** What is played, for screen readers. */
  readonly title: string;
  /** Whether the whole film is there as one file. */
  readonly hasMp4: boolean;
}

const words: Readonly<Record<Trouble, string>> = {
  waiting: "Loading",
  unreachable: "The film cannot be reached just now. It goes on as soon as it can.",
  expired: "This link has expired. Ask whoever sent it for a new one.",
  refused: "This link is not valid. It may have been cut when it was copied.",
  outdated: "There is a newer version of this page. Load it again to play this film.",
  unplayable: "This browser cannot play the preview.",
};

/** Plays an asset. */
export function Player({ links, poster, title, hasMp4 }: PlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const playback = useSignal<Playback | undefined>(undefined);
  const mp4 = useRef(hasMp4);
  mp4.current = hasMp4;
  useEffect(() => {
    if (!video.current) return;
    const player = new Playback(video.current, links, () => mp4.current);
    playback.value = player;
    void player.start();
    const stopKeys = steerByKeys(video.current);
    return () => {
      stopKeys();
      player.stop();
    };
  }, [links, playback]);
  const trouble = playback.value?.trouble.value;
  return (
    <div class="player">
      <video
        ref={video}
        controls
        playsInline
        preload="metadata"
        crossorigin="anonymous"
        poster={poster}
        aria-label={title}
      />
      {trouble !== undefined && (
        <p
          class="player-trouble"
          data-trouble={trouble}
          role={trouble === "waiting" ? "status" : "alert"}
        >
          {words[trouble]}
        </p>
      )}
    </div>
  );
}

/** The keys that steer a player. */
export function PlayerKeys() {
  return (
    <p class="keys">
      {keyWords.map(([key, meaning]) => (
        <span key={key}>
          <kbd>{key}</kbd> {meaning}
        </span>
      ))}
    </p>
  );
}
