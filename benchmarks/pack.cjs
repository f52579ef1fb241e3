// Starts our policy pack, ends it in each of the ways that a pack has to heed, and prints the times. Usage: pack.cjs RUNS (see ./pack)
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { createRequire } = require("node:module");
const net = require("node:net");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const load = createRequire(path.join(root, "tests/Conformance/package.json"));
const grpc = load("@grpc/grpc-js");
const { AnalyzerClient } = load("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js");

const runs = Number(process.argv[2]);
const assembly = (project, name) => path.join(root, project, "bin/Release/net10.0", name);
const now = () => Number(process.hrtime.bigint()) / 1e6;
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

// An engine, as far as a pack looks at it: something that accepts its connection, which 'reached' waits for.
async function listen() {
  const connections = [];
  const server = net.createServer((connection) => {
    connections.push(connection.on("error", () => {}));
    server.emit("reached");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const reached = once(server, "reached");
  const close = () => {
    server.close();
    connections.forEach((connection) => connection.destroy());
  };
  return { address: `127.0.0.1:${server.address().port}`, reached, close };
}

async function live(end) {
  const engine = await listen();
  const from = now();
  const pack = spawn("dotnet", [assembly("policy", "CantonInfra.Policy.dll"), engine.address], { stdio: ["ignore", "pipe", "ignore"] });
  const [port] = await once(pack.stdout, "data");
  const start = now() - from;
  await engine.reached;
  const over = once(pack, "exit");
  const ending = now();
  await end({ pack, engine, port: Number(port) });
  await over;
  const time = now() - ending;
  engine.close();
  return { start, time };
}

const ends = {
  "a call to cancel": ({ port }) =>
    new Promise((resolve, reject) => {
      const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
      client.cancel(new Empty(), (error) => {
        client.close();
        return error ? reject(error) : resolve();
      });
    }),
  "SIGTERM": ({ pack }) => pack.kill("SIGTERM"),
  "the engine's end": ({ engine }) => engine.close(),
};

(async () => {
  const empty = [];
  for (let run = 0; run < runs; run++) {
    const from = now();
    await once(spawn("dotnet", [assembly("tools", "canton-infra.dll"), "--version"], { stdio: "ignore" }), "exit");
    empty.push(now() - from);
  }
  const unit = median(empty);
  const print = (name, time) => console.log(`${name.padEnd(44)} ${time.toFixed(0).padStart(6)} ms   ratio ${(time / unit).toFixed(1)}`);
  print("canton-infra --version (empty process)", unit);
  const starts = [];
  for (const [name, end] of Object.entries(ends)) {
    const times = [];
    for (let run = 0; run < runs; run++) {
      const { start, time } = await live(end);
      starts.push(start);
      times.push(time);
    }
    print(`end after ${name}`, median(times));
  }
  print("start to the line with the port", median(starts));
})();
