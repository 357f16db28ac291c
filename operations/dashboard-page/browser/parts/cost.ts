import type { SectionViews } from "../../board.ts";
import { type Content, el, quiet, rows } from "../dom.ts";

/** What a month costs, by what is billed; an estimate from the environment's files. */
export function costPart({ cost }: SectionViews): Content {
  const { value } = cost;
  if (!value) return quiet("Not known.");
  const without = value.unknown.length > 0 ? `, without ${value.unknown.join(", ")}` : "";
  return [
    el("p", {}, el("strong", {}, `${value.month} a month`)),
    rows(
      value.parts.map(({ part, month }) => ({
        mood: month === "not known" ? "unknown" : "well",
        name: part,
        text: month,
      })),
    ),
    quiet(`An estimate in US dollars, without taxes${without}. All of it: mam cost`),
  ];
}
