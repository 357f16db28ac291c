import { randomBytes } from "node:crypto";

import type { Store } from "../../store.ts";

/** What a console's address leads to. */
export interface Ticket {
  /** Id of the app. */
  readonly app: string;
  /** Name of the instance. */
  readonly instance: string;
}

const tickets = new WeakMap<Store, Map<string, Ticket>>();

function ticketsOf(store: Store): Map<string, Ticket> {
  const known = tickets.get(store) ?? new Map<string, Ticket>();
  tickets.set(store, known);
  return known;
}

/** Makes the token of a console's address. */
export function issueTicket(store: Store, ticket: Ticket): string {
  const token = randomBytes(24).toString("base64url");
  ticketsOf(store).set(token, ticket);
  return token;
}

/** Takes a token, which is good once; undefined for one that is not. */
export function takeTicket(store: Store, token: string): Ticket | undefined {
  const ticket = ticketsOf(store).get(token);
  ticketsOf(store).delete(token);
  return ticket;
}
