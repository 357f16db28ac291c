import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { type EndpointName, endpoints } from "@mam-infra/clients/digitalocean/endpoints";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { Clients } from "../../context/clients.ts";
import { once } from "../../context/once.ts";
import type { Session } from "../../context/session.ts";
import type { StackKind } from "../../terraform/stack-kinds.ts";
import { keyOf } from "./question.ts";
import { type Change, isUnaffected } from "./unaffected.ts";

/** Answers that a command has, until what they speak of is changed. */
class SharedReads {
  readonly #answers = new Map<string, { readonly name: EndpointName; readonly answer: unknown }>();

  /** Puts the memory before a client. */
  over(api: DigitalOcean): DigitalOcean {
    return {
      call: (name, parameters, ...content) => {
        const ask = () => api.call(name, parameters, ...content);
        if (endpoints[name].method !== "GET") return this.#change(name, ask);
        // The key has the name in it, so that the answer is one to this call.
        return this.#share(name, keyOf(name, parameters, content[0]), ask) as ReturnType<
          typeof ask
        >;
      },
      rateLimit: () => api.rateLimit(),
      clockAhead: () => api.clockAhead(),
      close: () => api.close(),
    };
  }

  /** Forgets what a change may have made untrue. */
  forget(change?: Change): void {
    for (const [key, { name }] of this.#answers) {
      if (change === undefined || !isUnaffected(name, change)) this.#answers.delete(key);
    }
  }

  #share(name: EndpointName, key: string, ask: () => Promise<unknown>): Promise<unknown> {
    const known = this.#answers.get(key);
    if (known) return known.answer as Promise<unknown>;
    const answer = ask();
    const kept = { name, answer };
    this.#answers.set(key, kept);
    // Whoever asks next gets an answer, or a failure of his own. That there is nothing is an answer.
    answer.catch((error: unknown) => {
      if (refusedWith(error) !== 404 && this.#answers.get(key) === kept) this.#answers.delete(key);
    });
    return answer;
  }

  async #change<T>(name: EndpointName, ask: () => Promise<T>): Promise<T> {
    let mayHaveChanged = true;
    try {
      return await ask();
    } catch (error) {
      const status = refusedWith(error) ?? 0;
      mayHaveChanged = !(status >= 400 && status < 500);
      throw error;
    } finally {
      // What was asked meanwhile may be of before.
      if (mayHaveChanged) this.forget({ call: name });
    }
  }
}

const memories = new WeakMap<Clients, { readonly reads: SharedReads; readonly without: Clients }>();

/**
 * A session that asks DigitalOcean the same question once: the checks before a deployment, what stands, and the checks after it
 * ask for the same lists. An answer is kept until something is changed that it may speak of: by a call of this command, by
 * an apply of Terraform ({@link forgetReads}), or by a platform that is waited for. For commands that end; whoever looks again and
 * again has a plan of its own (reading-plan.ts).
 */
export function sharingReads(session: Session): Session {
  const { clients } = session;
  if (memories.has(clients)) return session;
  const reads = new SharedReads();
  const sharing = { ...clients, digitalOcean: once(() => reads.over(clients.digitalOcean())) };
  memories.set(sharing, { reads, without: clients });
  return { ...session, clients: sharing };
}

/**
 * Asks again from now on what a change may have made untrue; nothing happens in a session that shares no reads.
 *
 * @param changed the stack that was applied, or is being deployed; everything without it.
 */
export function forgetReads({ clients }: Pick<Session, "clients">, changed?: StackKind): void {
  memories.get(clients)?.reads.forget(changed && { stack: changed });
}

/** The clients of a session that ask anew each time. */
export function withoutSharing({ clients }: Pick<Session, "clients">): Clients {
  return memories.get(clients)?.without ?? clients;
}
