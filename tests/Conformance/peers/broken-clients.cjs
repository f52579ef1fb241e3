"use strict";
// Clients that do not keep to gRPC, one after another, against the server at the given address. Prints what each was
// answered: {"name": {"http": 200, "grpc": "13"}, …}; null where the connection just ended.

const http2 = require("node:http2");
const net = require("node:net");

const [host, port] = process.argv[2].split(":");
const path = "/pulumirpc.Engine/GetRootResource";
const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };

function request(changes, ...chunks) {
  return () => new Promise((resolve) => {
    const session = http2.connect(`http://${host}:${port}`);
    session.on("error", () => resolve(null));
    const sent = Object.fromEntries(Object.entries({ ...headers, ...changes }).filter(([, value]) => value !== undefined));
    const stream = session.request(sent);
    const answer = {};
    stream.on("response", (received) => Object.assign(answer, { http: received[":status"], grpc: received["grpc-status"] }));
    stream.on("trailers", (received) => Object.assign(answer, { grpc: received["grpc-status"] }));
    stream.on("error", () => {});
    stream.on("close", () => {
      session.destroy();
      resolve(answer.http === undefined ? null : answer);
    });
    stream.resume();
    if (sent[":method"] === "POST") {
      chunks.forEach((chunk) => stream.write(Buffer.from(chunk)));
      stream.end();
    }
  });
}

// Begins a request of many bytes and goes away.
function abandoned(leave) {
  return () => new Promise((resolve) => {
    const session = http2.connect(`http://${host}:${port}`);
    session.on("error", () => {});
    session.on("close", () => resolve(null));
    const stream = session.request(headers);
    stream.on("error", () => {});
    stream.write(Buffer.from([0, 0, 16, 0, 0]));
    stream.write(Buffer.alloc(100_000, 0xff));
    setTimeout(() => leave(session, stream), 50);
  });
}

function raw(bytes) {
  return () => new Promise((resolve) => {
    const socket = net.connect(Number(port), host, () => socket.write(bytes));
    socket.on("data", () => {}).on("error", () => {}).on("close", () => resolve(null));
    setTimeout(() => socket.destroy(), 300);
  });
}

// Opens streams and resets each at once, more than a server allows in flight.
function resets(count) {
  return () => new Promise((resolve) => {
    const session = http2.connect(`http://${host}:${port}`);
    session.on("error", () => {});
    session.on("close", () => resolve(null));
    session.on("connect", () => {
      for (let index = 0; index < count && !session.destroyed; index++) {
        const stream = session.request(headers);
        stream.on("error", () => {});
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }
      setTimeout(() => session.destroy(), 200);
    });
  });
}

const empty = [0, 0, 0, 0, 0];
const cases = {
  "a proper call": request({}, empty),
  "a byte at a time": request({}, ...empty.map((byte) => [byte])),
  "a content type with a suffix": request({ "content-type": "application/grpc+proto" }, empty),
  "unknown headers": request({ "grpc-encoding": "identity", "grpc-accept-encoding": "gzip", "x-tracing-bin": "AAAA" }, empty),
  "a timeout that is garbage": request({ "grpc-timeout": "soon" }, empty),
  "a timeout beyond all bounds": request({ "grpc-timeout": "99999999H" }, empty),
  "no te": request({ te: undefined }, empty),
  "no body": request({}),
  "a header cut short": request({}, [0, 0, 0]),
  "a frame cut short": request({}, [0, 0, 0, 0, 100, 1, 2, 3]),
  "a compressed message": request({ "grpc-encoding": "gzip" }, [1, 0, 0, 0, 0]),
  "a message of 4 GB": request({}, [0, 255, 255, 255, 255]),
  "a message that is garbage": request({ ":path": "/pulumirpc.Engine/SetRootResource" }, [0, 0, 0, 0, 4, 255, 255, 255, 255]),
  "another content type": request({ "content-type": "application/json" }, "{}"),
  "no content type": request({ "content-type": undefined }, empty),
  "GET": request({ ":method": "GET", "content-type": undefined }),
  "an unknown method": request({ ":path": "/pulumirpc.Engine/Nothing" }, empty),
  "a path of no service": request({ ":path": "/" }, empty),
  "a path in another case": request({ ":path": path.toLowerCase() }, empty),
  "a request that is reset": abandoned((session, stream) => {
    stream.close(http2.constants.NGHTTP2_CANCEL);
    setTimeout(() => session.close(), 50);
  }),
  "a client that dies": abandoned((session) => session.destroy()),
  "a thousand resets": resets(1000),
  "HTTP/1.1": raw(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`),
  "bytes of no protocol": raw(Buffer.alloc(5000, 0xab)),
  "a proper call after all that": request({}, empty),
};

async function main() {
  const answers = {};
  for (const [name, run] of Object.entries(cases)) {
    answers[name] = await run();
  }
  process.stdout.write(JSON.stringify(answers) + "\n");
  process.exit(0);
}

main();
