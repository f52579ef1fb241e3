// The twins of tests/Programs/Twins: each case declares the same with the official SDK. The setting 'twins:case' says which.
const pulumi = require("@pulumi/pulumi");
const { find } = require("./cases");

module.exports = () => find(new pulumi.Config("twins").require("case"))();
