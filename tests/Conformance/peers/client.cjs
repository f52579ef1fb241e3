"use strict";
// An official client: makes the calls that it reads from standard input, one JSON object in each line, and prints what came back.
//   {"id": 1, "service": "Analyzer", "method": "analyze", "request": {…}, "deadline": 500, "cancel": 200}
//   {"id": 1, "code": 0, "response": {…}}   or   {"id": 1, "code": 9, "message": "…", "details": "base64"}

const readline = require("node:readline");
const grpc = require("@grpc/grpc-js");
const { build, expand, messageClass, shorten } = require("./messages.cjs");

const address = process.argv[2];
// What the official SDK sets on its own channels.
const options = { "grpc.max_receive_message_length": 400 * 1024 * 1024 };
const stubs = {};
const files = { Analyzer: "analyzer", Engine: "engine", ResourceMonitor: "resource", ResourceProvider: "provider" };

function stub(service) {
  stubs[service] ??= new (require(`@pulumi/pulumi/proto/${files[service]}_grpc_pb.js`)[`${service}Client`])(
    address, grpc.credentials.createInsecure(), options);
  return stubs[service];
}

function print(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}

function make(call) {
  const client = stub(call.service);
  // A method that the official service does not have is called by its bare path.
  const known = client.constructor.service[call.method];
  const type = known ? known.requestType : messageClass("Empty");
  const request = build(type, expand(call.request ?? {}));
  const started = performance.now();
  const answered = (error, response) => {
    const ms = Math.round(performance.now() - started);
    if (error) {
      const details = error.metadata?.get("grpc-status-details-bin")[0];
      print({ id: call.id, code: error.code ?? -1, message: error.details ?? error.message, details: details?.toString("base64"), ms });
    } else {
      print({ id: call.id, code: 0, response: shorten(response.toObject()), ms });
    }
  };

  const callOptions = call.deadline === undefined ? {} : { deadline: Date.now() + call.deadline };
  const sent = known
    ? client[call.method](request, new grpc.Metadata(), callOptions, answered)
    : client.makeUnaryRequest(
      `/pulumirpc.${call.service}/${call.method}`, (message) => Buffer.from(message.serializeBinary()),
      (bytes) => type.deserializeBinary(new Uint8Array(bytes)), request, new grpc.Metadata(), callOptions, answered);
  if (call.cancel !== undefined) {
    setTimeout(() => sent.cancel(), call.cancel);
  }
}

print({ ready: true });
readline.createInterface({ input: process.stdin })
  .on("line", (line) => {
    const call = JSON.parse(line);
    for (let count = 0; count < (call.times ?? 1); count++) {
      make(call);
    }
  })
  .on("close", () => process.exit(0));
