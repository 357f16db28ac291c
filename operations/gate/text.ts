import { renderFindings } from "../context/finding.ts";
import type { Judgement } from "./gate.ts";

/** What the gate says, for a terminal: nothing when it has nothing to say. */
export function renderJudgement({ findings, overridden, ok }: Judgement): string {
  return [
    findings.length > 0 ? `\n${renderFindings(findings)}` : "",
    overridden.length > 0 ? `\nlet pass, with a reason\n${renderFindings(overridden)}` : "",
    ok ? "" : "\nThe gate refuses these plans.\n",
  ].join("");
}
