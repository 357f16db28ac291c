import { signal } from "@preact/signals";

import type { Session, User } from "../api/contract.ts";

/** Who is signed in: `unknown` until the API has answered for the first time. */
export type SessionState =
  | { readonly kind: "unknown" }
  | { readonly kind: "in"; readonly user: User }
  | {
      readonly kind: "out";
      /** Whether somebody was signed in before. */ readonly hasEnded: boolean;
    };

/** The name by which pages of one browser tell each other that somebody has signed out. */
const channelName = "mam.session";

/** Where a browser remembers that somebody signed in: no script can see the cookie itself. */
const rememberedAs = "mam.signed-in";

/** Who is signed in on this page, and whoever waits for that. */
export class SessionStore {
  readonly state = signal<SessionState>({ kind: "unknown" });
  /** Why nobody knows yet, for a person. */
  readonly startFailure = signal<string | undefined>(undefined);
  readonly #channel = new BroadcastChannel(channelName);

  /** @param onEnd is called when another page of this browser has signed out. */
  constructor(onEnd: () => void) {
    this.#channel.onmessage = onEnd;
  }

  /** Whether this browser may have a session's cookie. */
  get mayBeSignedIn(): boolean {
    return localStorage.getItem(rememberedAs) !== null;
  }

  /** Takes in what the API says: a session, or that there is none. */
  set(session: Session | undefined): void {
    if (session) localStorage.setItem(rememberedAs, "yes");
    else localStorage.removeItem(rememberedAs);
    if (session) this.state.value = { kind: "in", user: session.user };
    else if (this.state.value.kind !== "out")
      this.state.value = { kind: "out", hasEnded: this.state.value.kind === "in" };
  }

  /** Somebody signed out by intent: nothing has ended that they would have to be told. */
  signedOut(): void {
    this.state.value = { kind: "out", hasEnded: false };
    this.#channel.postMessage("signed-out");
  }

  /**
   * Resolves when somebody is signed in.
   *
   * @throws the signal's reason when it is aborted.
   */
  signedIn(stop: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const over = this.state.subscribe(({ kind }) => {
        if (kind !== "in") return;
        resolve();
        queueMicrotask(() => {
          over();
        });
      });
      stop.addEventListener("abort", () => {
        over();
        reject(stop.reason as Error);
      });
    });
  }
}
