using CantonInfra.Codegen.Tests.Support;

namespace CantonInfra.Codegen.Tests;

public sealed class CompileTests
{
    [Fact]
    public void The_declarations_of_the_api_compile() =>
        Assert.Empty(Compiler.Problems(Compiler.Compile(["public class C : Pulumi.CustomResource { C() : base(\"a\", \"b\", null, null) { } }"])));

    [Theory]
    [InlineData(null)]
    [InlineData("tfbridge20")]
    [InlineData("kubernetes20")]
    public void A_schema_with_every_feature_compiles_without_warnings(string? compatibility)
    {
        var schema = Repository.Embedded("everything.json");
        if (compatibility is not null)
        {
            schema = schema.Replace("\"csharp\": { \"namespaces\"", $"\"csharp\": {{ \"compatibility\": \"{compatibility}\", \"namespaces\"", StringComparison.Ordinal);
        }

        Assert.Empty(Compiler.Problems(Compiler.Compile(Compiler.Generate(schema).Values)));
    }

    [Theory]
    [InlineData("Pulumi.Random")]
    [InlineData("Pulumi.PostgreSql")]
    [InlineData("Pulumi.Kubernetes")]
    [InlineData("Pulumi.Keycloak")]
    [InlineData("Pulumi.Auth0")]
    [InlineData("Pulumi.AzureNative")]
    public void A_provider_package_compiles_without_warnings(string package) =>
        Assert.Empty(Compiler.Problems(Compiler.Compile(Compiler.Package(package))));

    [Fact]
    public void Members_may_be_named_like_what_every_object_has()
    {
        const string schema = """
            {
              "name": "p", "version": "1",
              "types": {
                "p:m:Operator": { "type": "string", "enum": [{ "name": "Equals", "value": "Equals" }] },
                "p:m:Condition": {
                  "type": "object",
                  "properties": { "equals": { "type": "string" }, "condition": { "type": "string" }, "by": { "$ref": "#/types/p:m:Operator" } }
                },
                "p:m:State": { "type": "object", "properties": { "equals": { "type": "string" } } }
              },
              "resources": {
                "p:m:Alert": {
                  "inputProperties": { "condition": { "$ref": "#/types/p:m:Condition" } },
                  "properties": { "state": { "$ref": "#/types/p:m:State" } }
                }
              }
            }
            """;
        const string program = """
            using Pulumi.P.M;
            using Pulumi.P.M.Inputs;

            public static class Program
            {
                public static object Declare() => new ConditionArgs { Equals = "a", Condition = "b", By = Operator.EqualsValue };
            }
            """;
        Assert.Empty(Compiler.Problems(Compiler.Compile([.. Compiler.Generate(schema).Values, program])));
    }

    [Fact]
    public void A_program_reads_as_with_the_official_packages()
    {
        const string program = """
            using Pulumi;
            using Pulumi.AzureNative.DBforPostgreSQL;
            using Pulumi.AzureNative.DBforPostgreSQL.Inputs;
            using Pulumi.AzureNative.KeyVault;
            using Pulumi.AzureNative.Resources;
            using KeyVaultInputs = Pulumi.AzureNative.KeyVault.Inputs;

            public static class Program
            {
                public static void Declare()
                {
                    var group = new ResourceGroup("group", new ResourceGroupArgs { Location = "eastus" });
                    var server = new Server("server", new ServerArgs
                    {
                        ResourceGroupName = group.Name,
                        Version = PostgresMajorVersion.PostgresMajorVersion_17,
                        CreateMode = "Default",
                        Sku = new SkuArgs { Name = "Standard_D4ds_v4", Tier = SkuTier.GeneralPurpose },
                        Tags = { { "env", "devnet" }, { "owner", group.Name } },
                        Storage = new StorageArgs { StorageSizeGB = 64, AutoGrow = StorageAutoGrow.Enabled },
                    }, new CustomResourceOptions { Version = "3.0.0" });
                    var key = new Key("key", new KeyArgs
                    {
                        ResourceGroupName = group.Name,
                        VaultName = "vault",
                        Properties = new KeyVaultInputs.KeyPropertiesArgs
                        {
                            Kty = JsonWebKeyType.RSA_HSM,
                            KeyOps = { Union<string, JsonWebKeyOperation>.FromT1(JsonWebKeyOperation.WrapKey) },
                            Attributes = new KeyVaultInputs.KeyAttributesArgs { Expires = 1.5 },
                        },
                    });
                    Read(server.Version, key.KeyUri);
                    _ = ResourceGroup.Get("existing", "id");
                    _ = new ResourceGroup("named");
                }

                private static void Read(Output<string?> version, Output<string> uri)
                {
                }
            }
            """;
        var sources = Compiler.Generate(Repository.Schema("Pulumi.AzureNative")).Values.Append(program);
        Assert.Empty(Compiler.Problems(Compiler.Compile(sources)));
    }
}
