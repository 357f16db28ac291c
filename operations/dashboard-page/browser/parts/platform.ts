import type { SectionViews } from "../../board.ts";
import { minuteOf } from "../../../context/age.ts";
import { seenFrom } from "../../../status/seen-from.ts";
import type { UptimeStatus } from "../../../status/uptime.ts";
import { type Content, type Mood, el, quiet, rows } from "../dom.ts";

/** The public addresses, as they answer the machine that serves this page. */
export function endpointsPart({ endpoints }: SectionViews): Content {
  return rows(
    (endpoints.value ?? []).map(({ name, address, status, reason, milliseconds, maintained }) => ({
      mood: status === 200 ? "well" : maintained ? "odd" : "bad",
      name: el("a", { href: address, rel: "noreferrer" }, name),
      text: `${status ?? reason ?? "no answer"} in ${milliseconds} ms`,
    })),
  );
}

/** Both clusters. */
export function databasesPart({ databases }: SectionViews): Content {
  return rows(
    (databases.value ?? []).map(({ name, status, engine, version, nodes, size, diskGib }) => ({
      mood: status === "online" ? "well" : "bad",
      name,
      text:
        status === undefined
          ? "missing"
          : `${status}, ${engine} ${version}, ${nodes ?? "?"} × ${size ?? "?"}${diskGib === undefined ? "" : `, ${diskGib} GiB of disk`}`,
    })),
  );
}

/** The checks from outside. */
export function uptimePart({ uptime }: SectionViews): Content {
  const checks = uptime.value ?? [];
  if (checks.length === 0) return quiet("No check watches the public addresses.");
  return rows(
    checks.map((check) => {
      const { name, enabled, missing } = check;
      const off = enabled ? [] : [missing ? "missing" : "switched off"];
      const seen = [...off, ...seenFrom(check)];
      return { mood: moodOf(check), name, text: seen.join("; ") || "has not looked yet" };
    }),
  );
}

function moodOf({ enabled, maintained, up, down }: UptimeStatus): Mood {
  if (!enabled) return maintained ? "odd" : "bad";
  if (down.length > 0) return "bad";
  return up.length > 0 ? "well" : "unknown";
}

const moods: Readonly<Record<string, Mood>> = { succeeded: "well", failed: "bad", running: "odd" };

/** The last releases, newest first. */
export function releasesPart({ releases }: SectionViews): Content {
  const entries = releases.value ?? [];
  if (entries.length === 0) return quiet("None yet.");
  return rows(
    entries.map(({ id, kind, who, result, begun, reason }) => ({
      mood: moods[result] ?? "unknown",
      name: el("code", {}, id),
      text: `${kind}, ${result}, by ${who}, ${minuteOf(begun)}${reason === undefined ? "" : `: ${reason}`}`,
    })),
  );
}
