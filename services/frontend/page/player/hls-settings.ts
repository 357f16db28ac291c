import type { HlsConfig, LoadPolicy } from "hls.js/light";

import { underLink } from "./link.ts";
import type { PlaybackLinks } from "./links.ts";

/** Attempts at a playlist or segment before the player says that it cannot go on. */
const attempts = 7;

/**
 * How hls.js tries again: after half a second, then twice as long each time, up to 8 s. By itself it gives up at once
 * where a request is refused or breaks, which is when a link has ended or a network changes.
 */
const patient: LoadPolicy = {
  default: {
    maxTimeToFirstByteMs: 15_000,
    maxLoadTimeMs: 60_000,
    timeoutRetry: { maxNumRetry: attempts, retryDelayMs: 500, maxRetryDelayMs: 8000 },
    errorRetry: {
      maxNumRetry: attempts,
      retryDelayMs: 500,
      maxRetryDelayMs: 8000,
      shouldRetry: (_policy, count) => count < attempts,
    },
  },
};

/** Where a link cannot be renewed, a refusal is final and needs no second question. */
const unlessRefused: LoadPolicy = {
  default: {
    ...patient.default,
    errorRetry: {
      maxNumRetry: attempts,
      retryDelayMs: 500,
      maxRetryDelayMs: 8000,
      shouldRetry: (_policy, count, _isTimeout, response) =>
        count < attempts && response?.code !== 403,
    },
  },
};

/**
 * Settings of hls.js.
 *
 * Without a worker: it would be another file and another source in the policy, to take a few milliseconds a segment
 * off the page. From the beginning: a film that is still being made looks like a live one, which begins at its end.
 */
export function hlsSettings(links: PlaybackLinks): Partial<HlsConfig> {
  const policy = links.isRenewable ? patient : unlessRefused;
  return {
    enableWorker: false,
    startPosition: 0,
    backBufferLength: 60,
    manifestLoadPolicy: policy,
    playlistLoadPolicy: policy,
    fragLoadPolicy: policy,
    xhrSetup: async (request, url) => {
      await links.good();
      if (request.readyState === XMLHttpRequest.UNSENT)
        request.open("GET", underLink(url, links.link), true);
    },
  };
}
