// The network of a program: names are found in a table that the rehearsal writes, and nowhere else. It is loaded before
// the program by NODE_OPTIONS; `table` of its own address is the table's file, `source` the instance's own address.
import dns from "node:dns";
import { readFileSync, statSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const { searchParams } = new URL(import.meta.url);
const file = searchParams.get("table");
const source = process.platform === "linux" ? searchParams.get("source") : null;

let table = { addresses: {}, fromOwnAddress: [] };
let read = -1;

function currentTable() {
  const { mtimeMs, ino } = statSync(file);
  const version = mtimeMs + ino;
  if (version !== read) {
    table = JSON.parse(readFileSync(file, "utf8"));
    read = version;
  }
  return table;
}

const isLocal = (host) => host === "localhost" || host.endsWith(".localhost");

function unknownName(host, syscall) {
  const error = new Error(`${syscall} ENOTFOUND ${host}`);
  return Object.assign(error, { errno: -3008, code: "ENOTFOUND", syscall, hostname: host });
}

/** Where a connection goes; undefined for one that needs no name. */
function placeOf(host, port) {
  if (net.isIP(host)) return undefined;
  const name = host.toLowerCase().replace(/\.$/, "");
  if (isLocal(name)) return { host: "127.0.0.1", port };
  const key = `${name}:${port}`;
  const { addresses, fromOwnAddress } = currentTable();
  const address = addresses[key];
  if (address === undefined) return { unknown: true };
  const at = address.lastIndexOf(":");
  return {
    host: address.slice(0, at),
    port: Number(address.slice(at + 1)),
    ...(source !== null && fromOwnAddress.includes(key) ? { localAddress: source } : {}),
  };
}

const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  // Node.js itself passes what it has read of its arguments already.
  const [options, callback] = net._normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
  if (options.path !== undefined) return connect.call(this, options, callback);
  const place = placeOf(options.host ?? "localhost", options.port);
  if (place?.unknown) {
    const lookup = (host, _options, done) =>
      process.nextTick(done, unknownName(host, "getaddrinfo"));
    return connect.call(this, { ...options, lookup }, callback);
  }
  return connect.call(this, { ...options, ...place }, callback);
};

/** The address of a name alone: that of any of its ports. */
function addressOf(host) {
  if (net.isIP(host)) return host;
  const name = host.toLowerCase().replace(/\.$/, "");
  if (isLocal(name)) return "127.0.0.1";
  const { addresses } = currentTable();
  const key = Object.keys(addresses).find((one) => one.slice(0, one.lastIndexOf(":")) === name);
  return key && addresses[key].slice(0, addresses[key].lastIndexOf(":"));
}

dns.lookup = (host, options, callback) => {
  const done = callback ?? options;
  const all = typeof options === "object" && options?.all === true;
  const address = addressOf(host);
  if (address === undefined) process.nextTick(done, unknownName(host, "getaddrinfo"));
  else if (all) process.nextTick(done, null, [{ address, family: net.isIP(address) }]);
  else process.nextTick(done, null, address, net.isIP(address));
};

dns.promises.lookup = async (host, options) => {
  const address = addressOf(host);
  if (address === undefined) throw unknownName(host, "getaddrinfo");
  const found = { address, family: net.isIP(address) };
  return options?.all === true ? [found] : found;
};

syncBuiltinESMExports();
