import { fileURLToPath } from "node:url";
import {
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type ServiceDefinition,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { CallHandlers, CallName } from "./messages.ts";

/** A provider that Terraform can attach to. */
export interface ServedProvider {
  readonly port: number;
  /** Ends the listener at once, with the connections of Terraform processes still running. */
  readonly close: () => void;
}

function loadService(): ServiceDefinition {
  const loaded = loadSync(fileURLToPath(new URL("./tfplugin5.proto", import.meta.url)), {
    keepCase: true,
    enums: String,
    longs: Number,
    defaults: true,
    oneofs: true,
  })["tfplugin5.Provider"];
  if (loaded === undefined || typeof loaded !== "object" || "format" in loaded) {
    throw new Error("tfplugin5.proto holds no service named Provider");
  }
  return loaded;
}

/**
 * The schema answer never changes, and encoding it is the most expensive part of a short command: its bytes
 * are made once and sent again.
 */
function withRememberedSchema(service: ServiceDefinition): ServiceDefinition {
  const call = service.GetSchema;
  if (call === undefined) throw new Error("tfplugin5.proto has no call named GetSchema");
  let bytes: Buffer | undefined;
  return {
    ...service,
    GetSchema: {
      ...call,
      responseSerialize: (message: unknown) => (bytes ??= call.responseSerialize(message)),
    },
  };
}

function answer(
  handle: (request: object, connection: string) => unknown,
): handleUnaryCall<object, unknown> {
  return (call, callback) => {
    // A rejection here is a mistake in the engine, which answers every expected failure with a
    // diagnostic. Terraform shows this text as it is: so never the stack.
    Promise.resolve(call.request)
      .then((request) => handle(request, call.getPeer()))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          callback({ code: status.INTERNAL, details });
        },
      );
  };
}

function implementation(handlers: CallHandlers): Record<string, UntypedHandleCall> {
  const names = Object.keys(handlers) as CallName[]; // Object.keys forgets the names of a mapped type
  return Object.fromEntries(
    names.map((name) => {
      // The request was decoded by the .proto that messages.ts describes: the one place where the
      // wire becomes a type.
      const handle = handlers[name] as (request: object, connection: string) => unknown;
      return [name, answer(handle)];
    }),
  );
}

/**
 * Serves one provider on a free port of 127.0.0.1, in plain text: the port is unauthenticated, so
 * nothing real may ever be configured through it.
 *
 * One listener for each provider, because every provider has the same service name and the calls do
 * not say which one is meant. TCP and not a Unix socket, because only then does a call tell which
 * connection it came over.
 */
export async function serveProvider(handlers: CallHandlers): Promise<ServedProvider> {
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(withRememberedSchema(loadService()), implementation(handlers));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    close: () => {
      // tryShutdown would wait for every Terraform process that is still attached.
      server.forceShutdown();
    },
  };
}
