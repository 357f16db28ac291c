/** What a check found out at one moment, from every region alike. */
export interface UptimeLook {
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
  readonly isUp: boolean;
  /** From asking to the answer's headers, in milliseconds of the wall clock; undefined where nothing was asked for real. */
  readonly milliseconds?: number;
  /** Days until the certificate of the host expires; undefined where there is none. */
  readonly certificateDays?: number;
  /** What was seen, for a person: `status 503`. */
  readonly seen: string;
}

/** A time in which a check was down; milliseconds since the epoch. */
export interface Outage {
  readonly began: number;
  readonly ended: number;
}

/** What is known of a check since somebody first looked. */
export interface CheckHistory {
  last: UptimeLook;
  /** When it came to be as it is. */
  since: number;
  looks: number;
  up: number;
  previous?: Outage;
}

/** Where an alert stands; milliseconds since the epoch. */
export interface AlertStanding {
  /** Since when its condition holds; absent while it does not. */
  breachedSince?: number;
  /** Since when it was told; absent while it was not. */
  toldSince?: number;
}

/** What an alert of a check told somebody. */
export interface UptimeDelivery {
  readonly at: string;
  readonly check: string;
  readonly alert: string;
  readonly type: string;
  readonly by: "email" | "slack";
  /** An address, or a channel. */
  readonly to: string;
  readonly state: "Triggered" | "Recovered";
  /** What the check saw at that moment. */
  readonly seen: string;
}

/** What all checks of an account found out, and whom their alerts told. By the ids of checks and alerts. */
export interface UptimeWatch {
  readonly histories: Map<string, CheckHistory>;
  readonly standings: Map<string, AlertStanding>;
  readonly deliveries: UptimeDelivery[];
}

/** The watch of an account that has no checks. */
export const emptyWatch = (): UptimeWatch => ({
  histories: new Map(),
  standings: new Map(),
  deliveries: [],
});
