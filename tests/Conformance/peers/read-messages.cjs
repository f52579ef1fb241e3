"use strict";
// The official message classes as readers. Prints {"path": ["RequestType", "ResponseType"], …} for all services, then for
// each line of standard input what the official code makes of it:
//   {"message": "Alias.Spec", "bytes": "base64"}  ->  {"object": {…}, "again": "base64"}, or {} where there is no such message
//   {"enum": "EnforcementLevel"}                  ->  {"values": {"ADVISORY": 0, …}}

const readline = require("node:readline");
const { messageClass } = require("./messages.cjs");

const typeName = (serializer) => serializer.name.replace("serialize_", "").replace("pulumirpc_", "");
const methods = {};
for (const file of ["analyzer", "engine", "provider", "resource"]) {
  for (const client of Object.values(require(`@pulumi/pulumi/proto/${file}_grpc_pb.js`))) {
    for (const method of Object.values(client.service ?? {})) {
      methods[method.path] = [typeName(method.requestSerialize), typeName(method.responseSerialize)];
    }
  }
}

function print(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}

print(methods);
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line);
  if (asked.enum) {
    print({ values: messageClass(asked.enum) ?? null });
    return;
  }
  const type = messageClass(asked.message);
  if (!type) {
    print({});
    return;
  }
  const message = type.deserializeBinary(new Uint8Array(Buffer.from(asked.bytes, "base64")));
  print({ object: message.toObject(), again: Buffer.from(message.serializeBinary()).toString("base64") });
});
