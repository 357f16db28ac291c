import type { UptimeAlert, UptimeCheck } from "./model.ts";
import type { AlertStanding, CheckHistory, UptimeLook, UptimeWatch } from "./watch.ts";

/** Deliveries that are kept. */
const kept = 1000;

const minute = 60_000;

/** Milliseconds of the periods that the API knows. */
const periods: Readonly<Record<UptimeAlert["period"], number>> = {
  "2m": 2 * minute,
  "3m": 3 * minute,
  "5m": 5 * minute,
  "10m": 10 * minute,
  "15m": 15 * minute,
  "30m": 30 * minute,
  "1h": 60 * minute,
};

function exceeds({ threshold, comparison }: UptimeAlert, value: number | undefined): boolean {
  if (value === undefined) return false;
  return comparison === "less_than" ? value < threshold : value > threshold;
}

/** Whether what was seen is what an alert is about. From all regions the same is seen, so `down` and `down_global` agree. */
const conditions: Readonly<
  Record<UptimeAlert["type"], (alert: UptimeAlert, look: UptimeLook) => boolean>
> = {
  down: (_alert, { isUp }) => !isUp,
  down_global: (_alert, { isUp }) => !isUp,
  latency: (alert, { milliseconds }) => exceeds(alert, milliseconds),
  ssl_expiry: (alert, { certificateDays }) => exceeds(alert, certificateDays),
};

/**
 * Notes what a check saw, and lets its alerts tell whom they name: once when what they are about has held for their whole
 * period, and once when it is over.
 */
export function noteLook(watch: UptimeWatch, check: UptimeCheck, look: UptimeLook): void {
  noteHistory(watch, check, look);
  for (const alert of check.alerts) judgeAlert(watch, check, alert, look);
}

/** Forgets what a check saw, without telling anybody: it is switched off or gone. */
export function forgetCheck(watch: UptimeWatch, id: string, alerts: readonly UptimeAlert[]): void {
  watch.histories.delete(id);
  for (const alert of alerts) watch.standings.delete(alert.id);
}

function noteHistory({ histories }: UptimeWatch, { id }: UptimeCheck, look: UptimeLook): void {
  const known = histories.get(id);
  if (!known) {
    histories.set(id, { last: look, since: look.at, looks: 1, up: Number(look.isUp) });
    return;
  }
  if (known.last.isUp !== look.isUp) turn(known, look);
  known.last = look;
  known.looks += 1;
  known.up += Number(look.isUp);
}

function turn(history: CheckHistory, look: UptimeLook): void {
  if (look.isUp) history.previous = { began: history.since, ended: look.at };
  history.since = look.at;
}

function judgeAlert(
  watch: UptimeWatch,
  check: UptimeCheck,
  alert: UptimeAlert,
  look: UptimeLook,
): void {
  const standing: AlertStanding = watch.standings.get(alert.id) ?? {};
  watch.standings.set(alert.id, standing);
  if (!conditions[alert.type](alert, look)) {
    delete standing.breachedSince;
    if (standing.toldSince === undefined) return;
    delete standing.toldSince;
    tell(watch, { check, alert, look }, "Recovered");
    return;
  }
  standing.breachedSince ??= look.at;
  const isLong = look.at - standing.breachedSince >= periods[alert.period];
  if (!isLong || standing.toldSince !== undefined) return;
  standing.toldSince = look.at;
  tell(watch, { check, alert, look }, "Triggered");
}

interface Found {
  readonly check: UptimeCheck;
  readonly alert: UptimeAlert;
  readonly look: UptimeLook;
}

/** Nobody is reached: it is written down. */
function tell(
  { deliveries }: UptimeWatch,
  { check, alert, look }: Found,
  state: "Triggered" | "Recovered",
): void {
  const { email, slack } = alert.notifications;
  const ways = [
    ...email.map((to) => ({ by: "email" as const, to })),
    ...slack.map(({ channel }) => ({ by: "slack" as const, to: channel })),
  ];
  for (const way of ways) {
    deliveries.push({
      at: new Date(look.at).toISOString(),
      check: check.name,
      alert: alert.name,
      type: alert.type,
      ...way,
      state,
      seen: look.seen,
    });
  }
  if (deliveries.length > kept) deliveries.splice(0, deliveries.length - kept);
}
