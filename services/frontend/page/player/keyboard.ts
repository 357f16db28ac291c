/** What a key does to a player, whatever has the focus. */
const keys: Readonly<Record<string, (video: HTMLVideoElement) => void>> = {
  k: (video) => {
    if (video.paused) void video.play().catch(() => undefined);
    else video.pause();
  },
  j: (video) => {
    video.currentTime -= 10;
  },
  l: (video) => {
    video.currentTime += 10;
  },
  m: (video) => {
    video.muted = !video.muted;
  },
  f: (video) => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void video.requestFullscreen().catch(() => undefined);
  },
};

/** The keys in words, for the page. */
export const keyWords: readonly (readonly [string, string])[] = [
  ["K", "play or pause"],
  ["J", "back 10 s"],
  ["L", "on 10 s"],
  ["M", "sound on or off"],
  ["F", "full screen"],
];

/**
 * Lets keys steer a player. The browser's own controls have keys too, but only while they have the focus.
 *
 * @returns ends it.
 */
export function steerByKeys(video: HTMLVideoElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    const isTyping =
      event.target instanceof Element &&
      event.target.closest("input, textarea, select, dialog") !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    keys[event.key.toLowerCase()]?.(video);
  };
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("keydown", onKey);
  };
}
