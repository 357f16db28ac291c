import Hls from "hls.js/light";

/** Red, green, blue; 0 to 255. */
type Colour = readonly [red: number, green: number, blue: number];

/** What a browser made of a film. */
export interface Playing {
  /** Size that it shows, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Seconds that it believes the film lasts. */
  readonly duration: number;
  /** Seconds at which its clock stood when the film had ended. */
  readonly clock: number;
  /** Colour within the upper left and the lower right quarter of the first frame. */
  readonly corners: { readonly upperLeft: Colour; readonly lowerRight: Colour };
}

/** How much faster than its clock a film is played: to see all of it in little time. */
const speed = 8;

/** Milliseconds within which a film of some seconds has ended. */
const patience = 20_000;

/**
 * Plays a film to its end: an MP4 by itself, an HLS playlist by hls.js. It runs in the browser.
 *
 * @throws Error with what the browser said, when it cannot.
 */
export async function playFilm(address: string): Promise<Playing> {
  const video = document.createElement("video");
  video.muted = true;
  document.body.replaceChildren(video);
  const hls = address.endsWith(".m3u8") ? new Hls({ enableWorker: false }) : undefined;
  const failed = failureOf(video, hls);
  try {
    const loaded = happens(video, "loadeddata");
    if (hls) {
      hls.loadSource(address);
      hls.attachMedia(video);
    } else video.src = address;
    await Promise.race([loaded, failed]);
    const { videoWidth: width, videoHeight: height } = video;
    const corners = cornersOf(video);
    video.playbackRate = speed;
    const ended = happens(video, "ended");
    // What is over at once ends before it has begun to play: the browser then takes its promise to play back.
    await Promise.race([
      ended,
      failed,
      video.play().then(
        () => ended,
        () => ended,
      ),
    ]);
    return { width, height, duration: video.duration, clock: video.currentTime, corners };
  } finally {
    hls?.destroy();
    video.removeAttribute("src");
  }
}

function happens(video: HTMLVideoElement, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    video.addEventListener(event, resolve, { once: true });
  });
}

function failureOf(video: HTMLVideoElement, hls: Hls | undefined): Promise<never> {
  return new Promise((_, reject) => {
    video.addEventListener("error", () => {
      if (video.error) reject(new Error(`the browser says: ${video.error.message}`));
    });
    hls?.on(Hls.Events.ERROR, (_event, { fatal, details, error }) => {
      if (fatal) reject(new Error(`hls.js says: ${details}, ${error.message}`));
    });
    setTimeout(() => {
      reject(new Error(`it stands still at ${video.currentTime} of ${video.duration} s`));
    }, patience);
  });
}

function cornersOf(video: HTMLVideoElement): Playing["corners"] {
  const context = new OffscreenCanvas(8, 8).getContext("2d");
  if (!context) throw new Error("the browser draws nothing");
  context.drawImage(video, 0, 0, 8, 8);
  const colourAt = (x: number, y: number): Colour => {
    const [red = 0, green = 0, blue = 0] = context.getImageData(x, y, 1, 1).data;
    return [red, green, blue];
  };
  // Of 8 by 8, those at 2:2 and 5:5 are well within their quarters.
  return { upperLeft: colourAt(2, 2), lowerRight: colourAt(5, 5) };
}

Object.assign(globalThis, { playFilm });
