// The cases of all files. A file is loaded when its cases are asked for: those of the provider packages take their time.
const files = ["./outputs", "./resources", "./options", "./configuration", "./failures", "./providers", "./typed"];

const overview = () => ({ names: ["cases", ...files.flatMap((file) => Object.keys(require(file)))].sort() });

module.exports.find = (name) => {
  if (name === "cases") return overview;
  const file = files.find((candidate) => name in require(candidate));
  if (file === undefined) throw new Error(`There is no case '${name}'.`);
  return require(file)[name];
};
