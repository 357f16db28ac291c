import { columns } from "../../../operations/context/columns.ts";

test("every column begins at the same place, and no line ends in spaces", () => {
  const rows = [["act", "requests"], ["deploy", "9"], ["rollback"], []];

  expect(columns(rows)).toEqual(["act       requests", "deploy    9", "rollback", ""]);
});

test("a column can keep a width of its own, and stand to the right", () => {
  const shape = [{ least: 6 }, { least: 7, align: "right" }] as const;

  expect(columns([["api", "35 ms", "up"]], shape, 1)).toEqual(["api      35 ms up"]);
});

test("a wide character takes two places, and a colour none", () => {
  const red = "\u001B[31mapi\u001B[39m";

  expect(
    columns([
      ["東京", "1"],
      ["é", "2"],
      [red, "3"],
    ]),
  ).toEqual(["東京  1", "é     2", `${red}   3`]);
});

test("no rows are no lines", () => {
  expect(columns([])).toEqual([]);
});
