import { ApiError, ForeignError, notFound, forbidden } from "../api/errors.ts";
import type { QueryError } from "./promql/query-error.ts";

/** Numbers of gRPC, which the services behind Insights write. */
const codes = { invalid: 3, "not-found": 5, exists: 6, exhausted: 8 } as const;
const statuses = { invalid: 400, "not-found": 404, exists: 409, exhausted: 429 } as const;

const json = "application/json";

/** `{error, message, code}`: an error of dashboards. Source: godo 1.239.0, insights_test.go. */
export const dashboardError = (kind: keyof typeof codes, message: string) =>
  new ForeignError(
    statuses[kind],
    json,
    JSON.stringify({ error: message, message, code: codes[kind] }),
  );

/** `{error, code}`: an error of logs. Source: seen by DO-Solutions/porthole. */
export const logsError = (message: string) =>
  new ForeignError(400, json, JSON.stringify({ error: message, code: codes.invalid }));

/** `{status: "error", errorType, error}`: an error of Prometheus. Source: DigitalOcean API description. */
export const prometheusError = ({ kind, message }: Pick<QueryError, "kind" | "message">) =>
  new ForeignError(
    kind === "bad_data" ? 400 : 422,
    json,
    JSON.stringify({ status: "error", errorType: kind, error: message }),
  );

/** A plain text: an error of a trace. Source: godo 1.239.0. */
export const plainError = (message: string) =>
  new ForeignError(404, "text/plain; charset=utf-8", `${message}\n`);

/** A page: what a region without Insights answers. Source: seen by DO-Solutions/porthole of mkc1. */
export const maintenancePage = () =>
  new ForeignError(
    404,
    "text/html; charset=utf-8",
    "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Maintenance</h1></body></html>",
  );

/** What an account without Insights is answered; assumed. */
export const unavailable = {
  forbidden: () => forbidden("Insights is not enabled for this team."),
  "not-found": () => notFound(),
} as const;

/** Lets a part of the API refuse in the shape of dashboards. @throws what the work throws, in that shape. */
export function asDashboard<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ForeignError || !(error instanceof ApiError)) throw error;
    throw dashboardError("invalid", error.message);
  }
}
