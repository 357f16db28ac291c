/**
 * Replaces the part of a page between `<!-- begin name -->` and `<!-- end name -->`.
 *
 * @throws Error when the page has no such part: what is generated would be lost silently.
 */
export function withSection(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no part ${begin}`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
