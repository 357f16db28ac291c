import { z } from "zod";

/** What is unknown of Insights, or differs between accounts, and can be set for a test. */
export const knobsSchema = z.strictObject({
  /** What an account without Insights is answered; default: it has it. */
  availability: z.enum(["available", "forbidden", "not-found"]),
  /** How rules, channels and instances say how much there is of them: both are described. */
  envelope: z.enum(["links", "pagination"]),
  /** How a secret comes back: masked, or left out with a status in its place; both are described. */
  masks: z.enum(["masked", "status"]),
  /** How alert instances spell their words: `active`, or `ALERT_INSTANCE_STATUS_ACTIVE`; both were seen. */
  spelling: z.enum(["lower", "upper"]),
  /** Dashboards that the team may have, and charts of one; the platform's numbers are not known. */
  dashboardLimit: z.int().min(0),
  chartLimit: z.int().min(0),
  /** Virtual seconds in which a new app has no series; over an hour was seen. */
  silentSeconds: z.number().min(0),
  /** Names that nothing sends, as where the platform has renamed a metric. */
  unknownMetrics: z.array(z.string()),
  /** Datacentres that answer with a page instead of data. */
  unservedRegions: z.array(z.string()),
  /** The datacentre in which an app of a region is found, where that is not the first one behind it. */
  appDatacentres: z.record(z.string(), z.string()),
  /** Verified addresses beside the team's members, to which mail may be sent. */
  contactEmails: z.array(z.string()),
});

/** The knobs of Insights; they can be turned at any time. */
export type InsightsKnobs = z.infer<typeof knobsSchema>;

/** As an account is that nobody has touched. */
export const defaultKnobs = (): InsightsKnobs => ({
  availability: "available",
  envelope: "links",
  masks: "status",
  spelling: "lower",
  dashboardLimit: 50,
  chartLimit: 60,
  silentSeconds: 0,
  unknownMetrics: [],
  unservedRegions: ["mkc1"],
  appDatacentres: {},
  contactEmails: [],
});
