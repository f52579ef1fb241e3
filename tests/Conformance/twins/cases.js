module.exports = {
  ...require("./outputs"),
  ...require("./resources"),
  ...require("./options"),
  ...require("./providers"),
  ...require("./configuration"),
  ...require("./failures"),
  ...require("./typed"),
  cases: () => ({ names: Object.keys(module.exports).sort() }),
};
