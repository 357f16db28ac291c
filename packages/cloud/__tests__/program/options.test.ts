import { UsageError, readOptions } from "../../src/program/options.ts";
import { exampleFile } from "../../src/program/seed-file.ts";

test("without arguments the example is played, on free ports", () => {
  expect(readOptions([])).toEqual({ seed: exampleFile, json: false, help: false, ports: {} });
});

test("each service has a port of its own", () => {
  const { ports } = readOptions(["--port-digitalocean", "8080", "--port-wasabi-sts", "65535"]);
  expect(ports).toEqual({ digitalOcean: 8080, wasabiSts: 65_535 });
});

test.each([
  [["--sed", "seed.json"], /--sed/],
  [["seed.json"], /seed\.json/],
  [["--port-spaces", "70000"], /--port-spaces is 70000; expected a port from 1 to 65535/],
  [["--port-spaces", "0"], /expected a port/],
])("arguments that there are not are refused by name: %j", (args, named) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(named);
});
