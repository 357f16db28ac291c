import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
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
  /** What the state of a stack says to whoever pulls it, until it is refreshed; nothing without it. */
  pulls(stack: string, state: object): void;
  /** Lets the apply of a stack go on until it is interrupted. */
  goesOn(stack: string): void;
}

/**
 * A shell script, because it starts in a few milliseconds. It is Terraform as far as a stack's plans, and what becomes
 * of applying them, are concerned; states are the test's own.
 */
const script = (directory: string, journal: string) => `#!/bin/sh
command=$1 stack=\${PWD##*/} here=${directory}/$stack
case "$*" in *-refresh-only*) command=refresh;; esac
case $command in
  version | init | show | state) ;;
  untaint) for address; do :; done; echo "terraform untaint $stack $address" >> ${journal};;
  *) echo "terraform $command $stack" >> ${journal};;
esac
if [ -f $here/$command.fails ]; then cat $here/$command.fails; exit 1; fi
case $command in
  version) echo '{"terraform_version":"1.11.4"}';;
  plan)
    n=0; [ -f $here/made ] && read -r n < $here/made
    n=$((n + 1)); [ -d $here ] && echo $n > $here/made
    while [ $n -gt 1 ] && [ ! -f $here/plan-$n ]; do n=$((n - 1)); done
    echo "$stack $n" > plan
    [ ! -s $here/plan-$n ] || exit 2;;
  show) read -r _ n < plan; cat $here/plan-$n;;
  state) [ ! -f $here/pulled ] || cat $here/pulled;;
  refresh) rm -f $here/pulled;;
  apply)
    echo '{"type":"apply_start","hook":{"resource":{"addr":"a.resource"},"action":"update"}}'
    if [ -f $here/apply.goes-on ]; then trap 'exit 1' INT; while :; do sleep 0.02; done; fi;;
esac
exit 0
`;

/** Writes the program. */
export function recordedTerraform(directory: string, journal: Journal): RecordedTerraform {
  const program = join(directory, "terraform.sh");
  mkdirSync(directory, { recursive: true });
  writeFileSync(program, script(directory, journal.file));
  chmodSync(program, 0o755);
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
    pulls: (stack, state) => {
      write(stack, "pulled", JSON.stringify(state));
    },
    goesOn: (stack) => {
      write(stack, "apply.goes-on", "");
    },
  };
}
