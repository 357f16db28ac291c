/** Milliseconds without a byte after which a part counts as stuck. Browsers never give one up by themselves. */
const stuckAfter = 30_000;

/** Why a part was not stored. */
export class PartFailure extends Error {
  override readonly name = "PartFailure";
  /** Storage's answer; 0 when none came. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A part on its way to storage. */
export interface PartUpload {
  readonly url: string;
  readonly content: Blob;
  readonly signal: AbortSignal;
  /** Is told how many bytes of it have left so far. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Sends a part. By XMLHttpRequest: fetch cannot say how much of a body has left.
 *
 * @throws PartFailure when storage refuses it, cannot be reached, or nothing moves for half a minute.
 */
export function putPart({ url, content, signal, onProgress }: PartUpload): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const watchdog = new Watchdog(() => {
      end(() => {
        reject(new PartFailure(0, "Nothing has moved for half a minute."));
      });
      request.abort();
    });
    const stop = () => {
      end(() => {
        reject(signal.reason as Error);
      });
      request.abort();
    };
    const end = (settle: () => void) => {
      watchdog.stop();
      signal.removeEventListener("abort", stop);
      settle();
    };
    request.upload.onprogress = ({ loaded }) => {
      watchdog.feed();
      onProgress(loaded);
    };
    request.onload = () => {
      end(() => {
        if (request.status >= 200 && request.status < 300) resolve();
        else reject(new PartFailure(request.status, `Storage answered with ${request.status}.`));
      });
    };
    request.onerror = () => {
      end(() => {
        reject(new PartFailure(0, "Storage cannot be reached."));
      });
    };
    signal.addEventListener("abort", stop);
    request.open("PUT", url);
    request.send(content);
    if (signal.aborted) stop();
  });
}

/** Barks when it is not fed. */
class Watchdog {
  readonly #bark: () => void;
  #timer: ReturnType<typeof setTimeout>;

  constructor(bark: () => void) {
    this.#bark = bark;
    this.#timer = setTimeout(bark, stuckAfter);
  }

  feed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#bark, stuckAfter);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
