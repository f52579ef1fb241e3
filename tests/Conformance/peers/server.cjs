"use strict";
// An official server: prints its port, then one JSON object for each thing that a test may want to know.

const grpc = require("@grpc/grpc-js");
const engine = require("@pulumi/pulumi/proto/engine_grpc_pb.js");
const engineMessages = require("@pulumi/pulumi/proto/engine_pb.js");
const resource = require("@pulumi/pulumi/proto/resource_grpc_pb.js");
const resourceMessages = require("@pulumi/pulumi/proto/resource_pb.js");
const analyzer = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const analyzerMessages = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

const limit = 400 * 1024 * 1024;
const server = new grpc.Server({ "grpc.max_receive_message_length": limit, "grpc.max_send_message_length": limit });

function print(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}

// What a call of Log is answered with is the text of its message.
function log(call, callback) {
  const wish = JSON.parse(call.request.getMessage());
  if (wish.wait) {
    const deadline = call.getDeadline();
    print({ arrived: true, deadline: deadline instanceof Date ? deadline - Date.now() : deadline === Infinity ? null : deadline - Date.now() });
    call.on("cancelled", () => print({ cancelled: true }));
  } else if (wish.die) {
    process.kill(process.pid, "SIGKILL");
  } else if (wish.status !== undefined) {
    const metadata = new grpc.Metadata();
    if (wish.details) {
      metadata.set("grpc-status-details-bin", Buffer.from(wish.details, "base64"));
    }
    callback({ code: wish.status, details: wish.message, metadata });
  } else {
    callback(null, new Empty());
  }
}

server.addService(engine.EngineService, {
  log,
  getRootResource: (_, callback) => {
    const response = new engineMessages.GetRootResourceResponse();
    response.setUrn("urn:pulumi:stack::Straße::t:i:T::名前");
    callback(null, response);
  },
  setRootResource: (call, callback) => {
    print({ urn: call.request.getUrn().length });
    callback(null, new engineMessages.SetRootResourceResponse());
  },
});

// Answers none before 500 are here.
const waiting = [];
server.addService(resource.ResourceMonitorService, {
  supportsFeature: (call, callback) => {
    waiting.push(() => {
      const response = new resourceMessages.SupportsFeatureResponse();
      response.setHassupport(call.request.getId() === "even");
      callback(null, response);
    });
    if (waiting.length === 500) {
      waiting.splice(0).forEach((answer) => answer());
    }
  },
});

server.addService(analyzer.AnalyzerService, {
  analyze: (call, callback) => {
    const diagnostic = new analyzerMessages.AnalyzeDiagnostic();
    diagnostic.setMessage("y".repeat(Number(call.request.getName())));
    const response = new analyzerMessages.AnalyzeResponse();
    response.setDiagnosticsList([diagnostic]);
    callback(null, response);
  },
});

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  print({ port });
});
process.stdin.on("end", () => process.exit(0)).resume();
