"use strict";
// The official message classes, filled from plain objects whose keys are the fields' names in any case.

const modules = ["analyzer", "engine", "plugin", "provider", "resource", "alias", "status", "errors", "callback", "source"]
  .map((name) => require(`@pulumi/pulumi/proto/${name}_pb.js`));
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

/** The class of a message of the package pulumirpc, such as 'Alias.Spec'; undefined where there is none. */
function messageClass(name) {
  const path = name.split(".");
  for (const module of modules) {
    const found = path.reduce((scope, part) => scope && scope[part], module);
    if (found) {
      return found;
    }
  }
  return { Empty, "google.protobuf.Empty": Empty }[name];
}

/** Replaces {"$repeat": ["x", 1000]} by that text, so that no test has to send megabytes through a pipe. */
function expand(value) {
  if (Array.isArray(value)) {
    return value.map(expand);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (value.$repeat) {
    return value.$repeat[0].repeat(value.$repeat[1]);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expand(inner)]));
}

/** The inverse for what is shown: a text of any length as its length. */
function shorten(value) {
  if (Array.isArray(value)) {
    return value.map(shorten);
  }
  if (typeof value === "string" && value.length > 5000) {
    return `[${value.length} characters]`;
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
}

function method(message, name) {
  const wanted = name.toLowerCase();
  for (let prototype = message; prototype; prototype = Object.getPrototypeOf(prototype)) {
    const found = Object.getOwnPropertyNames(prototype).find((key) => key.toLowerCase() === wanted);
    if (found) {
      return message[found].bind(message);
    }
  }
  throw new Error(`The official message has no ${name}.`);
}

function single(value) {
  if (value !== null && typeof value === "object") {
    return value.$struct ? Struct.fromJavaScript(value.$struct) : build(messageClass(value.$type), value);
  }
  return value;
}

/** A message of that class. {"$struct": …} is a Struct, {"$map": …} a map, {"$type": …} a message. */
function build(type, fields) {
  const message = new type();
  for (const [name, value] of Object.entries(fields)) {
    if (name === "$type") {
      continue;
    }
    if (Array.isArray(value)) {
      method(message, `set${name}List`)(value.map(single));
    } else if (value !== null && typeof value === "object" && value.$map) {
      const map = method(message, `get${name}Map`)();
      Object.entries(value.$map).forEach(([key, entry]) => map.set(key, single(entry)));
    } else {
      method(message, `set${name}`)(single(value));
    }
  }
  return message;
}

module.exports = { messageClass, build, expand, shorten };
