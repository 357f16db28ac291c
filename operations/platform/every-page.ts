/** A page of a list, as far as it says whether there is another. */
interface Page {
  readonly links?:
    { readonly pages?: { readonly next?: string | undefined } | undefined } | undefined;
}

/** Entries of a page: the most that the API gives at once. */
export const pageSize = 200;

/** Reads a list to its end. A list that is read to its first page only looks complete on a small account. */
export async function everyPage<P extends Page, Item>(
  read: (query: { readonly page: number; readonly per_page: number }) => Promise<P>,
  items: (page: P) => readonly Item[] | null | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await read({ page, per_page: pageSize });
    all.push(...(items(answer) ?? []));
    if (answer.links?.pages?.next === undefined) return all;
  }
}
