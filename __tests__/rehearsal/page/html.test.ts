import { Html, html, lines, section } from "../../../rehearsal/page/html.ts";

const foreign = `<script>alert("1 & 2's")</script>`;
const escaped = "&lt;script&gt;alert(&quot;1 &amp; 2&#39;s&quot;)&lt;/script&gt;";

test("text that is put into a page is escaped, wherever it stands", () => {
  const page = section(foreign, [foreign], [[foreign], [lines([foreign])]], foreign).text;

  expect(page).not.toContain("<script>");
  expect(page.split(escaped)).toHaveLength(5);
  expect(html`<a title="${foreign}"></a>`.text).toBe(`<a title="${escaped}"></a>`);
});

test("HTML is put in as it is", () => {
  expect(html`<p>${new Html("<b>1</b>")}${[html`2`, html`3`]}${4}</p>`.text).toBe(
    "<p><b>1</b>234</p>",
  );
});

test("a table without rows is a sentence", () => {
  expect(section("Apps", ["App"], [], "No app yet.").text).not.toContain("<table");
  expect(section("Apps", ["App"], [], "No app yet.").text).toContain("No app yet.");
});
