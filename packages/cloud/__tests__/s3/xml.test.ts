import { z } from "zod";

import { XmlError, container, readXml, repeated, wholeNumber, writeXml } from "../../src/s3/xml.ts";

const schema = z.strictObject({
  Key: repeated(z.string()),
  Count: wholeNumber.exactOptional(),
  Filter: container(z.strictObject({ Prefix: z.string().exactOptional() })).exactOptional(),
});

test("writes lists as repeated elements, leaves out what is absent, and escapes text", () => {
  const content = {
    Key: ['a<b&"c"', "d\re"],
    Empty: "",
    Absent: undefined,
    Grantee: { "@type": "x", ID: 1 },
  };
  expect(writeXml("List", content, "urn:x")).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<List xmlns="urn:x"><Key>a&lt;b&amp;&quot;c&quot;</Key><Key>d&#13;e</Key><Empty></Empty><Grantee type="x"><ID>1</ID></Grantee></List>',
  );
});

test("what is written is read back, spaces and special characters included", () => {
  const keys = [" a <b>&\r\n", 'ü & "c"\'', ""];
  expect(readXml(writeXml("List", { Key: keys }, "urn:x"), "List", schema)).toEqual({ Key: keys });
});

test("indentation, declarations, namespaces, numbers and empty elements are understood", () => {
  const body = `<?xml version="1.0"?>
    <List xmlns="urn:x" xmlns:xsi="urn:y">
      <!-- <Key>comment</Key> -->
      <Key>1</Key>
      <Key xmlns="urn:z">2</Key>
      <Count>3</Count>
      <Filter/>
    </List>`;
  expect(readXml(body, "List", schema)).toEqual({ Key: ["1", "2"], Count: 3, Filter: {} });
});

test.each([
  ["an unknown element", "<List><Other>1</Other></List>", /Unrecognized key: "Other"/],
  ["another root", "<Liste></Liste>", /Liste/],
  ["a wrong value", "<List><Count>many</Count></List>", /must be a whole number/],
  ["a missing end", "<List><Key>a</List>", /no well-formed XML/],
  ["two roots", "<List></List><List></List>", /List/],
  ["no XML", "Key=a", /expected object|List/],
  ["a document type", '<!DOCTYPE a [<!ENTITY b "c">]><List><Key>&b;</Key></List>', /document type/],
])("refuses %s", (_what, body, message) => {
  expect(() => readXml(body, "List", schema)).toThrow(XmlError);
  expect(() => readXml(body, "List", schema)).toThrow(message);
});
