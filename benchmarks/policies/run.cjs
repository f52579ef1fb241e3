// Sends the same Analyze calls to our policy pack and to an equivalent one on the official Node policy SDK, by the official
// client, and prints the times. Usage: run.cjs PLAN.json RESOURCES ROUNDS (see ./run)
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const packages = path.join(root, "tests/Conformance");
const load = createRequire(path.join(packages, "package.json"));
const grpc = load("@grpc/grpc-js");
const { AnalyzerClient } = load("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const messages = load("@pulumi/pulumi/proto/analyzer_pb.js");
const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js");
const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js");

const [planFile, count, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const planned = JSON.parse(fs.readFileSync(planFile, "utf8")).resources;

const requests = Array.from({ length: count }, (_, index) => {
  const resource = planned[index % planned.length];
  const request = new messages.AnalyzeRequest();
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(`${resource.urn}-${index}`);
  request.setProperties(Struct.fromJavaScript(resource.inputs));
  request.setOptions(new messages.AnalyzerResourceOptions());
  return request;
});

async function start(command, args, directory) {
  const child = spawn(command, args, { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve(Number(text.split("\n")[0]));
    });
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}`)));
  });
  const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  return { child, client: new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options) };
}

// The processor time that a process has used, in milliseconds: what a pack costs, whatever the client costs.
function processorTime(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  const ticksPerSecond = 100;
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

const call = (client, method, request) =>
  new Promise((resolve, reject) => client[method](request, (error, answer) => (error ? reject(error) : resolve(answer))));

// Disables all rules of a pack but these; some cannot be disabled and stay. Gives the number of those that are left.
async function keepOnly(pack, kept) {
  const names = (await call(pack.client, "getAnalyzerInfo", new Empty())).getPoliciesList().map((policy) => policy.getName());
  const without = (disabled) => {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const name of disabled) {
      const config = new messages.PolicyConfig();
      config.setEnforcementlevel(messages.EnforcementLevel.DISABLED);
      request.getPolicyconfigMap().set(name, config);
    }
    return call(pack.client, "configure", request);
  };
  const disabled = [];
  for (const name of names.filter((each) => !kept.includes(each))) {
    await without([name]).then(() => disabled.push(name), () => {});
  }
  await without(disabled);
  return names.length - disabled.length;
}

async function measure(name, pack, kept) {
  const configure = new messages.AnalyzerStackConfigureRequest();
  configure.setStack("mainnet");
  configure.setProject("canton-infra");
  await call(pack.client, "configureStack", configure).catch((error) => {
    if (error.code !== grpc.status.UNIMPLEMENTED) throw error;
  });
  const rules = kept
    ? await keepOnly(pack, kept)
    : (await call(pack.client, "getAnalyzerInfo", new Empty())).getPoliciesList().length;
  const times = [];
  let findings = 0;
  await Promise.all(requests.map((request) => call(pack.client, "analyze", request)));
  const before = processorTime(pack.child.pid);
  for (let round = 0; round < rounds; round++) {
    const from = process.hrtime.bigint();
    const answers = await Promise.all(requests.map((request) => call(pack.client, "analyze", request)));
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
    findings = answers.reduce((sum, answer) => sum + answer.getDiagnosticsList().length, 0);
  }
  const processor = (processorTime(pack.child.pid) - before) / rounds;
  pack.client.close();
  pack.child.removeAllListeners("exit");
  pack.child.kill();
  times.sort((a, b) => a - b);
  return { name: `${name}, ${rules} rules`, processor, median: times[Math.floor(times.length / 2)], findings };
}

(async () => {
  // Packs end when the engine that they were started by is gone; this port is all that they see of one.
  const engine = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => engine.once("listening", resolve));
  const address = `127.0.0.1:${engine.address().port}`;

  const nodePack = path.join(__dirname, "node-pack");
  const startOurs = () => start("dotnet", [path.join(root, "policy/bin/Release/net10.0/CantonInfra.Policy.dll"), address], root);
  const official = await measure(
    "official Node policy SDK",
    await start("node", [path.join(packages, "node_modules/@pulumi/pulumi/cmd/run-policy-pack"), address, nodePack], nodePack));
  const same = await measure("canton-guardrails (C#)", await startOurs(), Object.keys(require(path.join(nodePack, "rules.js"))));
  const all = await measure("canton-guardrails (C#)", await startOurs());

  console.log(`${count} Analyze calls at once, ${rounds} rounds after one to warm up; per round:`);
  for (const { name, processor, median, findings } of [official, same, all]) {
    const ratios = `ratios ${(official.processor / processor).toFixed(1)} and ${(official.median / median).toFixed(1)}`;
    console.log(`${name.padEnd(36)} processor ${processor.toFixed(0).padStart(4)} ms   wall with client ${median.toFixed(0).padStart(4)} ms   ${ratios}   findings ${findings}`);
  }
  process.exit(0);
})();
