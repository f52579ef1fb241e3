// The twins of tests/Programs/Twins: each case declares the same with the official SDK. The setting 'twins:case' says which.
const pulumi = require("@pulumi/pulumi");
const cases = require("./cases");

module.exports = () => cases[new pulumi.Config("twins").require("case")]();
