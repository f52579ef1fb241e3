"use strict";
// Peers that do not keep to gRPC, one port for each; prints {"name": port, …}.

const http2 = require("node:http2");
const net = require("node:net");

const grpcHeaders = { ":status": 200, "content-type": "application/grpc" };

function frame(bytes, { flag = 0, length = bytes.length } = {}) {
  const header = Buffer.alloc(5);
  header[0] = flag;
  header.writeUInt32BE(length, 1);
  return Buffer.concat([header, Buffer.from(bytes)]);
}

// GetRootResourceResponse { urn: "u" }
const urn = [0x0a, 1, 0x75];

function answer(body, trailers, headers = grpcHeaders) {
  return (stream) => {
    stream.respond(headers, { waitForTrailers: trailers !== undefined });
    if (trailers !== undefined) {
      stream.on("wantTrailers", () => stream.sendTrailers(trailers));
    }
    stream.end(body);
  };
}

const ok = { "grpc-status": "0" };
const streams = {
  "another content type": answer("<html>hello</html>", undefined, { ":status": 200, "content-type": "text/html" }),
  "no content type": answer(frame(urn), ok, { ":status": 200 }),
  "a page not found": answer("nothing here", undefined, { ":status": 404, "content-type": "text/plain" }),
  "a bad gateway": answer("", undefined, { ":status": 502 }),
  "a redirect": answer("", undefined, { ":status": 302, location: "http://127.0.0.1:9/" }),
  "no trailers": answer(frame(urn)),
  "trailers without a status": answer(frame(urn), { "x-other": "1" }),
  "a status that is no number": answer(frame(urn), { "grpc-status": "fine" }),
  "a status that does not exist": answer(frame(urn), { "grpc-status": "99", "grpc-message": "odd" }),
  "success without a message": (stream) => stream.respond({ ...grpcHeaders, ...ok }, { endStream: true }),
  "a frame cut short": answer(frame(urn, { length: 100 }), ok),
  "a header cut short": answer(Buffer.from([0, 0, 0]), ok),
  "a compressed message": answer(frame(urn, { flag: 1 }), ok, { ...grpcHeaders, "grpc-encoding": "gzip" }),
  "a message of 4 GB": answer(frame(urn, { length: 0xffffffff }), ok),
  "a message that is garbage": answer(frame([0xff, 0xff, 0xff, 0xff]), ok),
  "two messages": answer(Buffer.concat([frame(urn), frame(urn)]), ok),
  "a message, then an error": answer(frame(urn), { "grpc-status": "9", "grpc-message": "changed my mind" }),
  "an error within a message": answer(frame(urn, { length: 100 }), { "grpc-status": "8", "grpc-message": "out of memory" }),
  "details that are garbage": answer("", { "grpc-status": "3", "grpc-message": "100% %zz", "grpc-status-details-bin": "!!" }),
  "a reset stream": (stream) => {
    stream.respond(grpcHeaders);
    stream.write(frame(urn, { length: 100 }));
    setTimeout(() => stream.destroy(new Error("reset")), 50);
  },
  "a refused stream": (stream) => stream.close(http2.constants.NGHTTP2_REFUSED_STREAM),
  "a connection that breaks": (stream) => {
    stream.respond(grpcHeaders);
    stream.write(frame(urn, { length: 100 }));
    setTimeout(() => stream.session.destroy(), 50);
  },
  "a connection that is closed at once": (stream) => stream.session.destroy(),
  "silence": () => {},
  "silence after the headers": (stream) => stream.respond(grpcHeaders),
  "one byte at a time": (stream) => {
    stream.respond(grpcHeaders, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers(ok));
    const bytes = frame(urn);
    let next = 0;
    const timer = setInterval(() => {
      if (next < bytes.length) {
        stream.write(bytes.subarray(next, ++next));
      } else {
        clearInterval(timer);
        stream.end();
      }
    }, 5);
  },
  "another grpc content type": answer(frame(urn), ok, { ":status": 200, "content-type": "application/grpc+proto" }),
  "an empty message": answer(frame([]), ok),
  "unknown fields": answer(frame([...urn, 0xfa, 0x3e, 2, 1, 2]), { ...ok, "x-more": "y", "grpc-message": "" }),
};

const connections = {
  "HTTP/1.1": (socket) => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
  "bytes of no protocol": (socket) => socket.end(Buffer.alloc(2000, 0xab)),
  "a closed connection": (socket) => socket.destroy(),
  "a silent connection": () => {},
};

function listen(server) {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}

async function main() {
  const ports = {};
  for (const [name, react] of Object.entries(streams)) {
    const server = http2.createServer();
    server.on("stream", (stream) => {
      stream.on("error", () => {});
      stream.on("data", () => {});
      stream.on("end", () => react(stream));
    });
    server.on("sessionError", () => {});
    ports[name] = await listen(server);
  }
  for (const [name, react] of Object.entries(connections)) {
    ports[name] = await listen(net.createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => react(socket));
    }));
  }
  process.stdout.write(JSON.stringify(ports) + "\n");
}

process.stdin.on("end", () => process.exit(0)).resume();
main();
