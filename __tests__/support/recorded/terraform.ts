import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type PlanJson, emptyPlan } from "../../../operations/terraform/plan-json.ts";
import type { Journal } from "./journal.ts";

/** A program that is called as Terraform is, answers what a test wrote down, and notes what it is asked for. */
export interface RecordedTerraform {
  /** Absolute path. */
  readonly program: string;
  /** What the plans of a stack come to, one after the other, the last one again and again; `{}` changes nothing. */
  plans(stack: string, ...plans: readonly Partial<PlanJson>[]): void;
  /** Lets a command of a stack fail, with what Terraform says. */
  fails(stack: string, command: string, summary: string): void;
  /** Lets the apply of a stack go on until it is interrupted; one that nobody interrupts ends well after seconds. */
  goesOn(stack: string): void;
  /** Lets the apply of a stack end well whoever interrupts it. */
  endsWell(stack: string): void;
}

/**
 * Makes the program. It is a link, because a file that was just written cannot be run while another thread of the tests
 * begins a process: that process still has it open.
 */
export function recordedTerraform(directory: string, journal: Journal): RecordedTerraform {
  const program = join(directory, "terraform.sh");
  mkdirSync(directory, { recursive: true });
  symlinkSync(join(import.meta.dirname, "terraform.sh"), program);
  symlinkSync(journal.file, join(directory, "journal"));
  const write = (stack: string, name: string, text: string) => {
    mkdirSync(join(directory, stack), { recursive: true });
    writeFileSync(join(directory, stack, name), text);
  };
  return {
    program,
    plans: (stack, ...plans) => {
      plans.forEach((plan, index) => {
        const isEmpty = Object.keys(plan).length === 0;
        const text = isEmpty ? "" : JSON.stringify({ ...emptyPlan, ...plan });
        write(stack, `plan-${index + 1}`, text);
      });
    },
    fails: (stack, command, summary) => {
      const diagnostic = { severity: "error", summary, detail: "" };
      write(stack, `${command}.fails`, `${JSON.stringify({ type: "diagnostic", diagnostic })}\n`);
    },
    goesOn: (stack) => {
      write(stack, "apply.goes-on", "");
    },
    endsWell: (stack) => {
      write(stack, "apply.ends-well", "");
    },
  };
}
