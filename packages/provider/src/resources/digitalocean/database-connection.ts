import type { z } from "zod";
import type { databaseConnection } from "@mam-infra/clients/digitalocean/databases";
import type { ResourceData } from "../../engine/data.ts";
import { withUserInfo } from "./connection-uri.ts";

type Connection = z.infer<typeof databaseConnection>;

function addressOf(connection: Connection, data: ResourceData, engine: string): string {
  if (engine === "kafka") return `${connection.host ?? ""}:${connection.port ?? 0}`;
  return withUserInfo(connection.uri ?? "", connection.user ?? "", data.text("password"));
}

/**
 * Writes how a cluster or pool is reached. The address is built from the password that is in the
 * state at that moment, so the order here is the provider's.
 */
export function setConnections(
  data: ResourceData,
  connections: {
    readonly connection?: Connection | null | undefined;
    readonly private_connection?: Connection | null | undefined;
  },
  options: { readonly engine: string; readonly passwordFirst: boolean },
): void {
  const { connection, private_connection: inside } = connections;
  if (connection !== null && connection !== undefined) {
    const password = connection.password ?? "";
    if (options.passwordFirst && password !== "") data.set("password", password);
    data.set("host", connection.host);
    data.set("port", connection.port);
    data.set("uri", addressOf(connection, data, options.engine));
    if (!options.passwordFirst && password !== "") data.set("password", password);
  }
  if (inside !== null && inside !== undefined) {
    data.set("private_host", inside.host);
    data.set("private_uri", addressOf(inside, data, options.engine));
  }
}
