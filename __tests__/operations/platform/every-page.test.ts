import { everyPage } from "../../../operations/platform/every-page.ts";

test("a list is read to its last page", async () => {
  const pages = [
    { items: [1, 2], links: { pages: { next: "https://api.example/?page=2" } } },
    { items: [3], links: {} },
  ];
  const asked: number[] = [];
  const all = await everyPage(
    ({ page }) => {
      asked.push(page);
      return Promise.resolve(pages[page - 1]!);
    },
    ({ items }) => items,
  );

  expect(all).toEqual([1, 2, 3]);
  expect(asked).toEqual([1, 2]);
});

test("a list that comes as null is empty", async () => {
  expect(
    await everyPage(
      () => Promise.resolve({}),
      () => null,
    ),
  ).toEqual([]);
});
