// Resources of the official provider packages.
const pulumi = require("@pulumi/pulumi");
const azure = require("@pulumi/azure-native");
const kubernetes = require("@pulumi/kubernetes");
const random = require("@pulumi/random");
const postgresql = require("@pulumi/postgresql");
const keycloak = require("@pulumi/keycloak");
const auth0 = require("@pulumi/auth0");

const location = "germanywestcentral";
const newGroup = () => new azure.resources.ResourceGroup("group", { resourceGroupName: "rg", location, tags: { owner: "team" } });

module.exports = {
  "azure-network": () => {
    const group = newGroup();
    const network = new azure.network.VirtualNetwork("vnet", {
      resourceGroupName: group.name,
      location: group.location,
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      encryption: { enabled: true, enforcement: azure.network.VirtualNetworkEncryptionEnforcement.AllowUnencrypted },
    });
    const rules = new azure.network.NetworkSecurityGroup("nsg", {
      resourceGroupName: group.name,
      securityRules: [
        {
          name: "deny",
          priority: 4096,
          access: azure.network.SecurityRuleAccess.Deny,
          direction: azure.network.SecurityRuleDirection.Inbound,
          protocol: azure.network.SecurityRuleProtocol.Asterisk,
          sourceAddressPrefix: "*",
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRanges: ["80", "443"],
        },
      ],
    });
    const subnet = new azure.network.Subnet("subnet", {
      resourceGroupName: group.name,
      virtualNetworkName: network.name,
      addressPrefix: "10.0.1.0/24",
      networkSecurityGroup: { id: rules.id },
      delegations: [{ name: "d", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
      privateEndpointNetworkPolicies: azure.network.VirtualNetworkPrivateEndpointNetworkPolicies.Enabled,
    });
    return { subnet: subnet.id, space: network.addressSpace };
  },
  "azure-cluster": () => {
    const group = newGroup();
    const identity = new azure.managedidentity.UserAssignedIdentity("identity", { resourceGroupName: group.name, location });
    const cluster = new azure.containerservice.ManagedCluster("aks", {
      resourceGroupName: group.name,
      location,
      dnsPrefix: "aks",
      identity: { type: azure.containerservice.ResourceIdentityType.UserAssigned, userAssignedIdentities: [identity.id] },
      agentPoolProfiles: [
        {
          name: "system",
          mode: azure.containerservice.AgentPoolMode.System,
          count: 3,
          vmSize: "Standard_D4s_v5",
          availabilityZones: ["1", "2", "3"],
          osSKU: azure.containerservice.OSSKU.AzureLinux,
        },
      ],
      apiServerAccessProfile: { enablePrivateCluster: true, privateDNSZone: "system" },
      networkProfile: { networkPlugin: azure.containerservice.NetworkPlugin.Azure, networkPolicy: "cilium", serviceCidr: "10.100.0.0/16" },
      oidcIssuerProfile: { enabled: true },
    });
    new azure.containerservice.AgentPool("users", {
      resourceGroupName: group.name,
      resourceName: cluster.name,
      mode: "User",
      count: 2,
      nodeTaints: ["dedicated=canton:NoSchedule"],
      upgradeSettings: { maxSurge: "33%" },
    });
    return { issuer: cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL) };
  },
  "azure-vault": () => {
    const group = newGroup();
    const vault = new azure.keyvault.Vault("vault", {
      resourceGroupName: group.name,
      vaultName: "kv",
      properties: {
        tenantId: "00000000-0000-0000-0000-000000000002",
        sku: { family: azure.keyvault.SkuFamily.A, name: azure.keyvault.SkuName.Premium },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        networkAcls: { bypass: "None", defaultAction: azure.keyvault.NetworkRuleAction.Deny },
      },
    });
    const password = new random.RandomPassword("password", { length: 32 });
    new azure.keyvault.Secret("secret", {
      resourceGroupName: group.name,
      vaultName: vault.name,
      properties: { value: password.result, attributes: { enabled: true } },
    });
    new azure.keyvault.Key("key", {
      resourceGroupName: group.name,
      vaultName: vault.name,
      properties: { kty: azure.keyvault.JsonWebKeyType.RSA_HSM, keySize: 3072, keyOps: ["wrapKey", azure.keyvault.JsonWebKeyOperation.UnwrapKey] },
    });
    new azure.authorization.RoleAssignment("role", {
      scope: vault.id,
      principalId: "00000000-0000-0000-0000-000000000003",
      principalType: azure.authorization.PrincipalType.ServicePrincipal,
      roleDefinitionId: pulumi.interpolate`${vault.id}/providers/Microsoft.Authorization/roleDefinitions/x`,
    });
  },
  "azure-postgres": () => {
    const group = newGroup();
    const server = new azure.dbforpostgresql.Server("server", {
      resourceGroupName: group.name,
      location,
      version: azure.dbforpostgresql.PostgresMajorVersion.PostgresMajorVersion_16,
      administratorLogin: "boss",
      administratorLoginPassword: "hidden",
      sku: { name: "Standard_D4ds_v5", tier: azure.dbforpostgresql.SkuTier.GeneralPurpose },
      storage: { storageSizeGB: 256, autoGrow: azure.dbforpostgresql.StorageAutoGrow.Enabled },
      backup: { backupRetentionDays: 35, geoRedundantBackup: "Disabled" },
      highAvailability: { mode: "ZoneRedundant" },
    });
    new azure.dbforpostgresql.Configuration("setting", {
      resourceGroupName: group.name,
      serverName: server.name,
      configurationName: "require_secure_transport",
      value: "on",
      source: "user-override",
    });
    new azure.dbforpostgresql.Database("database", { resourceGroupName: group.name, serverName: server.name, charset: "UTF8" });
  },
  "azure-observability": () => {
    const group = newGroup();
    const workspace = new azure.operationalinsights.Workspace("logs", {
      resourceGroupName: group.name,
      location,
      retentionInDays: 90,
      sku: { name: azure.operationalinsights.WorkspaceSkuNameEnum.PerGB2018 },
      features: { disableLocalAuth: true },
    });
    new azure.monitor.DiagnosticSetting("diagnostics", {
      resourceUri: group.id,
      workspaceId: workspace.id,
      logs: [{ categoryGroup: "allLogs", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    });
  },
  "azure-lock-and-policy": () => {
    const group = newGroup();
    new azure.authorization.ManagementLockByScope("lock", { scope: group.id, level: azure.authorization.LockLevel.CanNotDelete, notes: "keep" });
    new azure.authorization.PolicyAssignment("policy", {
      scope: group.id,
      policyDefinitionId: "/providers/Microsoft.Authorization/policyDefinitions/x",
      enforcementMode: azure.authorization.EnforcementMode.Default,
      parameters: { regions: { value: ["germanywestcentral"] } },
    });
  },
  "azure-get": () => {
    const group = azure.resources.ResourceGroup.get("group", "/subscriptions/s/resourceGroups/rg");
    new azure.network.VirtualNetwork("vnet", { resourceGroupName: group.name, addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
  },
  "kubernetes-workload": () => {
    const namespace = new kubernetes.core.v1.Namespace("apps", { metadata: { name: "apps", labels: { team: "canton" } } });
    const labels = { app: "web" };
    new kubernetes.apps.v1.Deployment("web", {
      metadata: { namespace: namespace.metadata.name },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                name: "web",
                image: "example.test/web:1",
                ports: [{ containerPort: 8080, name: "http" }],
                resources: { requests: { cpu: "100m", memory: "64Mi" } },
                readinessProbe: { httpGet: { path: "/", port: "http" } },
                livenessProbe: { tcpSocket: { port: 8080 } },
                env: [{ name: "A", value: "b" }],
              },
            ],
          },
        },
      },
    });
    new kubernetes.core.v1.Service("web", {
      metadata: { namespace: "apps" },
      spec: { type: kubernetes.types.enums.core.v1.ServiceSpecType.ClusterIP, selector: labels, ports: [{ port: 80, targetPort: "http" }, { port: 81, targetPort: 8081, name: "b" }] },
    });
  },
  "kubernetes-isolation": () => {
    new kubernetes.networking.v1.NetworkPolicy("deny", {
      metadata: { namespace: "apps" },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "x" } } }], ports: [{ port: 443, protocol: "TCP" }] }],
      },
    });
    new kubernetes.rbac.v1.Role("role", { metadata: { namespace: "apps" }, rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] });
    new kubernetes.rbac.v1.RoleBinding("binding", {
      metadata: { namespace: "apps" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "role" },
      subjects: [{ kind: "ServiceAccount", name: "default", namespace: "apps" }],
    });
    new kubernetes.core.v1.ResourceQuota("quota", { metadata: { namespace: "apps" }, spec: { hard: { pods: "10" } } });
  },
  "kubernetes-secrets": () => {
    const password = new random.RandomPassword("password", { length: 20 });
    new kubernetes.core.v1.Secret("db", { metadata: { namespace: "apps" }, type: "Opaque", stringData: { user: "u", password: password.result } });
    new kubernetes.core.v1.ConfigMap("settings", { metadata: { namespace: "apps" }, data: { key: "value" }, immutable: true });
  },
  "kubernetes-release": () => {
    new kubernetes.helm.v3.Release("chart", {
      chart: "nginx",
      version: "1.2.3",
      namespace: "apps",
      repositoryOpts: { repo: "https://example.test/charts" },
      values: { replicas: 2, nested: { list: ["a", 1, true] } },
      timeout: 600,
      atomic: true,
    });
  },
  random: () => {
    const password = new random.RandomPassword("password", { length: 32, special: false, keepers: { epoch: "1" } });
    new random.RandomId("id", { byteLength: 8, prefix: "x-" });
    new random.RandomString("text", { length: 6, upper: false, keepers: { password: password.result } });
    new random.RandomUuid("uuid");
    new random.RandomInteger("number", { min: 1, max: 10 });
    new random.RandomBytes("bytes", { length: 16 });
    return { password: password.result, length: password.length };
  },
  postgresql: () => {
    const provider = new postgresql.Provider("pg", { host: "db.example.test", port: 5432, username: "boss", password: "hidden", sslmode: "verify-full", superuser: false });
    const password = new random.RandomPassword("password", { length: 20 });
    const role = new postgresql.Role("app", { name: "app", login: true, password: password.result, connectionLimit: 20 }, { provider });
    const database = new postgresql.Database("ledger", { name: "ledger", owner: role.name }, { provider });
    new postgresql.Grant("grant", { database: database.name, role: role.name, objectType: "table", schema: "public", privileges: ["SELECT", "INSERT"] }, { provider });
  },
  keycloak: () => {
    const provider = new keycloak.Provider("kc", { url: "https://idp.example.test", clientId: "admin-cli", clientSecret: "hidden" });
    const realm = new keycloak.Realm("realm", { realm: "canton", enabled: true, sslRequired: "all", accessTokenLifespan: "5m", securityDefenses: { bruteForceDetection: { maxLoginFailures: 5 } } }, { provider });
    const client = new keycloak.openid.Client(
      "client",
      { realmId: realm.id, clientId: "wallet", accessType: "PUBLIC", standardFlowEnabled: true, validRedirectUris: ["https://wallet.example.test/*"] },
      { provider },
    );
    new keycloak.openid.AudienceProtocolMapper("audience", { realmId: realm.id, clientId: client.id, includedCustomAudience: "ledger" }, { provider });
    new keycloak.Role("role", { realmId: realm.id, name: "operator", attributes: { level: "1" } }, { provider });
  },
  auth0: () => {
    const provider = new auth0.Provider("auth0", { domain: "tenant.example.test", clientId: "id", clientSecret: "hidden" });
    const client = new auth0.Client("wallet", { name: "wallet", appType: "spa", callbacks: ["https://wallet.example.test"], jwtConfiguration: { alg: "RS256", lifetimeInSeconds: 3600 } }, { provider });
    const api = new auth0.ResourceServer("ledger", { identifier: "https://ledger.example.test", signingAlg: "RS256", tokenLifetime: 3600 }, { provider });
    new auth0.ClientGrant("grant", { clientId: client.clientId, audience: api.identifier.apply((identifier) => identifier ?? ""), scopes: ["daml_ledger_api"] }, { provider });
  },
};
