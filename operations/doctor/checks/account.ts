import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import { credentials } from "../../context/credentials.ts";
import type { DoctorContext } from "../context.ts";
import { missingCredentials, needing } from "../needing.ts";
import { missingInsightsScopes, missingScopes } from "../scopes.ts";

const { variable, where } = credentials.digitalOceanToken;

/**
 * Requests of the hour that have to be left, of 5000: a first deployment makes a few hundred, and a hundred people and
 * jobs may share the token.
 */
const requestsNeeded = 1000;

/** The token, what it may do, and the account behind it. */
export const accountChecks: readonly Check<DoctorContext>[] = [
  {
    id: "digitalocean-token",
    severity: "error",
    what: "The DigitalOcean token is there, and DigitalOcean takes it.",
    why: "Without it nothing on DigitalOcean can be read or changed.",
    fix: `make a token at ${where} and export it as ${variable}`,
    run: async (context) => {
      const missing = missingCredentials("digitalOcean", context);
      return missing.length > 0 ? missing : refusedToken(context);
    },
  },
  ...needing("digitalOcean", [
    {
      id: "digitalocean-scopes",
      severity: "error",
      what: "The DigitalOcean token has every scope that a deployment needs.",
      why: "A deployment would stop half-way, at the first call that the token may not make.",
      fix: `make a token with the missing scopes at ${where}`,
      run: async ({ session }) =>
        (await missingScopes(session.clients.digitalOcean())).map((scope) => ({
          resource: variable,
          expected: `the scope ${scope}`,
          found: "403",
        })),
    },
    {
      id: "insights-scopes",
      severity: "warning",
      what: "The DigitalOcean token has every scope of Insights.",
      why: "A deployment goes on without it, and makes neither the dashboard nor its alert rules.",
      fix: `make a token with the missing scopes at ${where}; an account without Insights asks for it at https://cloud.digitalocean.com/account/feature-preview, or sets monitoring.insights.enabled: false`,
      run: async ({ session }) => {
        const { enabled } = session.environment.config.monitoring.insights;
        if (!enabled) throw new CheckSkipped("Insights is off for this environment");
        return (await missingInsightsScopes(session.clients.digitalOcean())).map((scope) => ({
          resource: variable,
          expected: `the scope ${scope}`,
          found: "403",
        }));
      },
    },
    {
      id: "account-active",
      severity: "error",
      what: "The DigitalOcean account is active.",
      why: "An account that is locked, or about to be, creates nothing.",
      fix: "settle it at https://cloud.digitalocean.com/account/billing, or with DigitalOcean's support",
      run: async ({ account }) => {
        const { email, status, status_message: message } = await account();
        if (status === "active") return [];
        const found = [status, message?.trim()].filter(Boolean).join(": ");
        return [{ resource: `the account of ${email}`, expected: "active", found }];
      },
    },
    {
      id: "request-limit",
      severity: "warning",
      what: `At least ${requestsNeeded} of the token's requests of this hour are left.`,
      why: "A deployment whose requests are used up waits for the next hour, with its locks held.",
      fix: "wait until the time that the finding names, or give each job a token of its own",
      run: async (context) => {
        await context.account();
        const limit = context.session.clients.digitalOcean().rateLimit();
        if (limit === undefined || limit.remaining >= requestsNeeded) return [];
        const { remaining, resetsAt } = limit;
        const found = `${remaining} of ${limit.limit}; more from ${resetsAt.toISOString()} on`;
        return [{ resource: variable, expected: `${requestsNeeded} requests or more`, found }];
      },
    },
  ]),
];

async function refusedToken({ account }: DoctorContext): Promise<Violation[]> {
  try {
    await account();
    return [];
  } catch (error) {
    const status = refusedWith(error);
    // A token that lacks this scope is still one that is taken.
    if (status === 403) return [];
    if (status !== 401) throw error;
    return [{ resource: variable, expected: "a token that is taken", found: "401 Unauthorized" }];
  }
}
