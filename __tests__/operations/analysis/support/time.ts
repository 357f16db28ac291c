import type { WatchTime } from "../../../../operations/analysis/watch.ts";

/** A clock that goes on only while somebody waits for it. */
export function virtualTime(): WatchTime {
  let seconds = 0;
  return {
    now: () => seconds,
    pause: (time) => {
      seconds += time;
      return Promise.resolve();
    },
  };
}
