import { type Output, outputTo } from "../../../operations/context/output.ts";
import { redactorOf } from "../../../operations/context/redaction.ts";

const secret = "0123456789abcdef0123456789abcdef";
const said = `key ${secret}\r\n::error::made in a console \u001b[31m`;
const fit = "key (secret)\\r\n\\::error::made in a console \\x1b[31m";

const tells = (text: string) => (tell: (progress: string) => void) => {
  tell(text);
  return Promise.resolve();
};

function recorder(isTTY = false) {
  const written = { result: "", told: "" };
  const stream = (name: keyof typeof written) =>
    ({ isTTY, write: (text: string) => (written[name] += text) }) as unknown as NodeJS.WriteStream;
  const redactor = redactorOf({ TF_VAR_jwt_secret_a: secret });
  const output = outputTo({ result: stream("result"), told: stream("told") }, redactor);
  return { written, output, redactor };
}

test.each<
  [what: string, say: (output: Output) => unknown, written: { result?: string; told?: string }]
>([
  [
    "a result",
    (output) => {
      output.result(said);
    },
    { result: fit },
  ],
  [
    "what is said on the way",
    (output) => {
      output.tell(said);
    },
    { told: fit },
  ],
  [
    "a status that is shown again",
    (output) => {
      output.redraw(said);
    },
    { result: `${fit}\n` },
  ],
  [
    "the title of a step and what it tells",
    (output) => output.progress.step(said, tells(said)),
    { told: `${fit}\n  ${fit}: ${fit}\n` },
  ],
  [
    "steps that go on side by side",
    (output) => output.progress.together([{ title: said, run: tells(secret) }]),
    { told: `${fit}\n  ${fit}: (secret)\n` },
  ],
  [
    "data",
    (output) => {
      output.data({ [secret]: [said, 3, null] });
    },
    {
      result: `{
  "(secret)": [
    "key (secret)\\r\\n::error::made in a console \\u001b[31m",
    3,
    null
  ]
}
`,
    },
  ],
])("no secret and nothing that deceives gets out with %s", async (_, say, expected) => {
  const { output, written } = recorder();
  await say(output);

  expect(written).toEqual({ result: "", told: "", ...expected });
});

test("a secret that is learned on the way is taken out of what is said afterwards", () => {
  const { output, written, redactor } = recorder();
  redactor.learnFrom({ AccessKey: { SecretAccessKey: "just made by a platform" } });
  output.tell("422: just made by a platform");

  expect(written.told).toBe("422: (secret)");
});

test("what a person asked to be shown is shown", () => {
  const { output, written } = recorder();
  output.disclose(`export TF_VAR_jwt_secret_a=${secret}\n`);

  expect(written.result).toBe(`export TF_VAR_jwt_secret_a=${secret}\n`);
});

test("a terminal is drawn over, and what is drawn is fit for it", () => {
  const { output, written } = recorder(true);
  output.redraw("status \u001b[2J\n");

  expect(written.result).toBe("\u001b[H\u001b[Jstatus \\x1b[2J\n");
});
