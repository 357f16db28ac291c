import { AbortError } from "@mam-infra/clients/abort";

import { type ConfirmationOptions, confirmation } from "../../../operations/deploy/confirmation.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";

const { output } = aSession({ environment: anEnvironment(), project: "/", clients: {} });

/** Standard input, as far as it is looked at. */
const standardInput = (known: object) => known as ConfirmationOptions["input"];
const terminal = standardInput({ isTTY: true });
const pipe = standardInput({});

/** Somebody at a terminal, who answers. */
function asked(answer: string | Error, changed: Partial<ConfirmationOptions> = {}) {
  const said: string[] = [];
  const options = {
    yes: false,
    command: "mam deploy production",
    question: "Deploy production?",
    input: terminal,
    interruption: new AbortController().signal,
    output: {
      ...output,
      tell: (text: string) => said.push(text),
      ask: (question: string) => {
        said.push(question);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    },
    ...changed,
  };
  return { said, confirm: () => confirmation(options)("the plan\n") };
}

test.each([
  ["yes", true],
  [" yes\n", true],
  ["y", false],
  ["Yes", false],
  ["", false],
])("whoever answers %j goes on: %s", async (answer, goesOn) => {
  const { said, confirm } = asked(answer);

  expect(await confirm()).toBe(goesOn);
  expect(said).toEqual(["the plan\n", 'Deploy production? Only "yes" goes on: ']);
});

test("with the answer on the command line the text is said, and nobody is asked", async () => {
  const { said, confirm } = asked("no", { yes: true, input: pipe });

  expect(await confirm()).toBe(true);
  expect(said).toEqual(["the plan\n"]);
});

test("where nobody can be asked, it says so before anything is done, with the line that answers", () => {
  const { confirm } = asked("yes", { input: pipe });

  expect(confirm).toThrow(
    "Nobody can be asked here, because standard input is no terminal. Nothing was changed.\n  fix: mam deploy production --yes",
  );
});

test("Ctrl-C at the question is an interruption, and a terminal that fails is its failure", async () => {
  const failure = new Error("the terminal went away");

  await expect(asked(failure, { interruption: AbortSignal.abort() }).confirm()).rejects.toThrow(
    AbortError,
  );
  await expect(asked(failure).confirm()).rejects.toThrow(failure);
});
