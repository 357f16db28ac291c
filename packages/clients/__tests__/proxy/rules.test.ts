import { proxyFor } from "../../src/proxy/rules.ts";

const proxies = { HTTPS_PROXY: "http://proxy.example:3128", http_proxy: "web.example:8080" };

const way = (address: string, noProxy?: string) => {
  const { protocol, hostname: host, port } = new URL(address);
  const destination = { protocol, host, port: Number(port) || (protocol === "https:" ? 443 : 80) };
  const variables = { ...proxies, ...(noProxy === undefined ? {} : { NO_PROXY: noProxy }) };
  return proxyFor(destination, variables)?.host;
};

test.each([
  ["https by HTTPS_PROXY", "https://api.digitalocean.com", undefined, "proxy.example:3128"],
  ["http by http_proxy, without a scheme", "http://a.example", undefined, "web.example:8080"],
  ["this machine by no proxy", "http://127.0.0.1:4001", undefined, undefined],
  ["this machine by no proxy, by name", "https://localhost", undefined, undefined],
  ["this machine by no proxy, over IPv6", "https://[::1]:4001", undefined, undefined],
  ["nothing, for *", "https://a.example", "*", undefined],
  ["a name that is excepted", "https://a.example", "b.example, a.example", undefined],
  ["what is below an excepted name", "https://x.a.example", "a.example", undefined],
  ["a name that ends alike", "https://xa.example", "a.example", "proxy.example:3128"],
  ["only what is below a suffix", "https://a.example", ".a.example", "proxy.example:3128"],
  ["what is below a suffix", "https://x.a.example", "*.a.example", undefined],
  ["an excepted port", "https://a.example:8443", "a.example:8443", undefined],
  ["another port", "https://a.example", "a.example:8443", "proxy.example:3128"],
  ["an excepted range", "https://10.1.2.3", "10.0.0.0/8", undefined],
  ["an address outside of a range", "https://11.1.2.3", "10.0.0.0/8", "proxy.example:3128"],
  ["an excepted address", "https://[2001:db8::1]", "2001:db8::1", undefined],
])("%s", (_, address, noProxy, expected) => {
  expect(way(address, noProxy)).toBe(expected);
});

test("without a proxy every way is direct, and a proxy that is no address is named without its value", () => {
  const to = { protocol: "https:", host: "a.example", port: 443 };

  expect(proxyFor(to, { HTTPS_PROXY: "" })).toBeUndefined();
  expect(() => proxyFor(to, { HTTPS_PROXY: "http://user:secret@" })).toThrow(
    /^HTTPS_PROXY is no address of a proxy: expected http:\/\/host:port$/,
  );
});
