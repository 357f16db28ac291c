/** A state as it is kept. */
export interface StoredState {
  /** The whole state: it contains secrets in clear, and is never written or shown. */
  readonly text: string;
  /** ISO 8601; undefined for a file of this machine. */
  readonly writtenAt?: string | undefined;
}

/** A version of a state that a place keeps. */
export interface StateVersion {
  /** What the place calls it. */
  readonly id: string;
  /** ISO 8601. */
  readonly writtenAt: string;
  /** Undefined where the place does not say it. */
  readonly bytes?: number;
  /** Whether it is the one that stands. */
  readonly stands: boolean;
}

/** What a lock says of itself, by the names that Terraform gives it. */
export interface LockInfo {
  /** What it is named by on the command line. */
  readonly ID: string;
  readonly Who: string;
  /** What it is held for. */
  readonly Operation: string;
  /** ISO 8601; undefined where nobody says it. */
  readonly Created?: string | undefined;
}

/** A lock that somebody holds. */
export interface HeldLock {
  readonly stack: string;
  /** Undefined for a lock that does not say what it is. */
  readonly lock: LockInfo | undefined;
}

/**
 * Where the states of an environment lie. Every command that looks at states, their versions or their locks does so here,
 * without Terraform, which would need the stack's providers first.
 *
 * A stack is named as Terraform's state is: `staging-app`.
 */
export interface StatePlace {
  /** What a person calls it, after "in": `the Spaces bucket northlight-states`. */
  readonly called: string;
  /** The newest state of a stack; undefined for one that was never deployed. */
  read(stack: string): Promise<StoredState | undefined>;
  /** Whether a stack has a state. @throws UnreadableState for an empty one, where the place says how large it is */
  has(stack: string): Promise<boolean>;
  /** Writes a state as it is where there is none. @throws Error when there is one already */
  create(stack: string, text: string): Promise<void>;
  /**
   * Writes a state over what stands and is none. Terraform cannot: it reads what it writes over.
   *
   * @param unreadable what stands, as it was read.
   * @throws Error when something else stands by now; NotConfigured where the place itself takes nothing that is no state
   */
  overwrite(stack: string, text: string, unreadable: string): Promise<void>;
  /** The line that brings a state back where what stands is none; `<environment>` stands for the environment. */
  wayBack(stack: string): string;
  /** All versions of a stack's state, the newest first. @throws NotConfigured where none are kept */
  versions(stack: string): Promise<StateVersion[]>;
  /** Text of a version of a state, as secret as the state. @throws NotConfigured where none are kept */
  version(stack: string, id: string): Promise<string>;
  /** The lock that is held on a stack's state. */
  lockOf(stack: string): Promise<HeldLock | undefined>;
  /** Removes the lock of a stack's state, whatever it says. */
  dropLock(stack: string): Promise<void>;
}

/** The line that goes on after a write which was not made, because somebody else works there. */
export const afterOthers =
  "\n  fix: see who works there, then the same line again; mam state show <environment> lists what is there";
