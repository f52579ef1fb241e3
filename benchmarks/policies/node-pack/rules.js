// Rules of canton-guardrails that judge one resource, written for the official policy SDK, so that both can be timed on the
// same calls. They check what ours check on native resources, without the care that ours take of unknowns and old shapes.
const allowed = ["centralus", "eastus2"];
const normal = (region) => String(region).toLowerCase().replace(/ /g, "");

module.exports = {
  "regions-allowed": (type, props, report) => {
    if (type.startsWith("azure-native:") && props.location && normal(props.location) !== "global" && !allowed.includes(normal(props.location))) {
      report(`location: ${props.location} is not one of ${allowed.join(", ")}`);
    }
  },
  "keyvault-purge-protection": (type, props, report) => {
    if (type === "azure-native:keyvault:Vault" && !(props.properties && props.properties.enablePurgeProtection)) {
      report("properties.enablePurgeProtection must be true");
    }
  },
  "aks-private-api": (type, props, report) => {
    if (type === "azure-native:containerservice:ManagedCluster") {
      const access = props.apiServerAccessProfile || {};
      if (!access.enablePrivateCluster || access.enablePrivateClusterPublicFQDN || props.publicNetworkAccess === "Enabled") {
        report("the API server must be private");
      }
    }
  },
  "aks-no-local-accounts": (type, props, report) => {
    if (type === "azure-native:containerservice:ManagedCluster" && !props.disableLocalAccounts) {
      report("disableLocalAccounts must be true");
    }
  },
  "disk-encryption": (type, props, report) => {
    if (type === "azure-native:containerservice:ManagedCluster") {
      if (!props.diskEncryptionSetID || (props.agentPoolProfiles || []).some((pool) => !pool.enableEncryptionAtHost)) {
        report("disks must be encrypted");
      }
    }
    if (type === "azure-native:containerservice:AgentPool" && !props.enableEncryptionAtHost) {
      report("disks must be encrypted");
    }
  },
  "postgresql-no-public-access": (type, props, report) => {
    if (type === "azure-native:dbforpostgresql:Server" && (props.network || {}).publicNetworkAccess !== "Disabled") {
      report("network.publicNetworkAccess must be Disabled");
    }
  },
};

