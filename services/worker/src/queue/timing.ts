/** Times of the queue, in milliseconds. docs/jobs.md states them. */
export const timing = {
  /** An entry that nobody touched for so long is taken over: its worker died. */
  takeOverAfter: 30_000,
  /** A lock that nobody renewed is gone before its entry can be taken over. */
  lockFor: 25_000,
  /** How often a worker says that it is still at it; several times within the life of a lock, for slow moments. */
  keepEvery: 5_000,
  /** How long a read waits for new entries, and so how often entries to take over are looked for. */
  readFor: 2_000,
  /** An answer that does not come within this time counts as a failure; the blocking read is exempt. */
  command: 10_000,
  /** Attempts and outcomes are remembered for a week: longer than any duplicate takes to turn up. */
  remember: 7 * 24 * 3600_000,
} as const;
