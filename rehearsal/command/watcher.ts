import { Listr } from "listr2";

import type { Scenario } from "../harness/scenario.ts";
import type { ScenarioReport } from "../harness/report.ts";
import type { Watcher } from "../harness/rehearsal.ts";

/** Shows each scenario while it is played: a live line on a terminal, plain lines elsewhere. */
export function terminalWatcher(isTerminal: boolean): Watcher {
  return {
    scenario: async (scenario, play) => {
      let report: ScenarioReport | undefined;
      const tasks = new Listr(
        [
          {
            title: `${scenario.name}: ${scenario.title}`,
            task: async (_, task) => {
              report = await play((progress) => {
                task.output = progress;
              });
              const broken = report.statements.filter(({ held }) => !held).length;
              if (broken > 0 || report.error !== undefined)
                throw new Error(failure(scenario, broken, report));
              if (report.notRun !== undefined) task.title = `${scenario.name}: not run`;
              else
                task.title = `${scenario.name}: ${report.statements.length} statements held (${report.seconds.toFixed(1)} s)`;
            },
          },
        ],
        {
          renderer: isTerminal ? "default" : "simple",
          exitOnError: false,
          registerSignalListeners: false,
        },
      );
      await tasks.run();
      if (!report) throw new Error(`the scenario ${scenario.name} was not played`);
      return report;
    },
  };
}

function failure({ name }: Scenario, broken: number, { error }: ScenarioReport): string {
  return error === undefined
    ? `${name}: ${broken} statements did not hold`
    : `${name} ended early: ${error}`;
}
