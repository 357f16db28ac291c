import type pg from "pg";

/** How a connection is opened, and what ends what is asked on it. */
export interface Interruptible {
  readonly connect: () => Promise<pg.Client>;
  readonly signal: AbortSignal;
}

/**
 * Works with a connection, and has the server cancel what it is at when the command is interrupted: a count may take an hour, and
 * a server goes on with it when nobody listens any more.
 *
 * @throws the signal's reason when it was given.
 */
export async function interruptible<T>(
  { connect, signal }: Interruptible,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const cancel = () => void cancelBackend(connect, rows[0]?.pid);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    signal.throwIfAborted();
    return await work(client);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
    await client.end();
  }
}

/** A server that cannot be reached has ended the connection that is waited for, too. */
async function cancelBackend(connect: () => Promise<pg.Client>, pid: number | undefined) {
  try {
    const other = await connect();
    await other.query("select pg_cancel_backend($1)", [pid]).finally(() => other.end());
  } catch {
    return;
  }
}
