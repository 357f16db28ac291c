import { escapeHtml } from "../../../operations/context/html.ts";

test("nothing of a text is HTML, in an attribute neither", () => {
  const text = `<b title="a" id='b'>&amp;</b>`;

  expect(escapeHtml(text)).toBe("&lt;b title=&quot;a&quot; id=&#39;b&#39;&gt;&amp;amp;&lt;/b&gt;");
});
