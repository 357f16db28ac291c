import { refusedWith } from "@mam-infra/clients/digitalocean/error";

/** Thrown where the account, or the token, has no Insights; the message says what to do about it. */
export class InsightsUnavailable extends Error {
  /** The status that was answered, where that is the reason. */
  readonly status: number | undefined;

  constructor(reason: string, status?: number) {
    super(reason);
    this.name = "InsightsUnavailable";
    this.status = status;
  }
}

const account = "https://cloud.digitalocean.com/account";

const reasons: Readonly<Record<number, string>> = {
  401: `DigitalOcean does not take the token (401): make one at ${account}/api/tokens`,
  403: `Insights refuses the token (403): it needs insights:read, create, update and delete (${account}/api/tokens), and the account Insights itself (${account}/feature-preview)`,
  404: `the account has no Insights (404): look at ${account}/feature-preview, or set monitoring.insights.enabled: false with a reason`,
};

/**
 * Asks Insights the first question.
 *
 * @throws InsightsUnavailable for an answer that every other question would have, too.
 */
export async function whereAvailable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const status = refusedWith(error);
    const reason = reasons[status ?? 0];
    throw reason === undefined ? error : new InsightsUnavailable(reason, status);
  }
}
