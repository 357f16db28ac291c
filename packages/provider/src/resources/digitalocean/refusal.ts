import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";

/** A refusal in the words in which the real provider passes it on (godo 1.168.0, ErrorResponse.Error). */
class PassedOn extends DigitalOceanError {
  constructor({ call, reason, cause }: DigitalOceanError, endpoint: string) {
    super(call, reason, { cause });
    const request = call.requestId === undefined ? "" : `(request "${call.requestId}") `;
    const tries = call.attempts > 1 ? `; giving up after ${call.attempts} attempt(s)` : "";
    this.message = `${call.method} ${endpoint}${call.path}: ${call.status ?? 0} ${request}${reason}${tries}`;
  }
}

/** A client whose refusals read as in production, so that what a rehearsal shows can be recognised there. */
export function inTheProvidersWords(client: DigitalOcean, endpoint: string): DigitalOcean {
  return {
    rateLimit: () => client.rateLimit(),
    clockAhead: () => client.clockAhead(),
    close: () => client.close(),
    call: (...call) =>
      client.call(...call).catch((error: unknown) => {
        const isRefusal = error instanceof DigitalOceanError && error.call.status !== undefined;
        throw isRefusal ? new PassedOn(error, endpoint) : error;
      }),
  };
}
