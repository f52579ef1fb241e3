using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;
using CantonInfra.Codegen.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis.CSharp;

namespace CantonInfra.Codegen.Tests;

public sealed class NamingTests
{
    [Theory]
    [InlineData("resourceGroupName", "ResourceGroupName")]
    [InlineData("diskEncryptionSetID", "DiskEncryptionSetID")]
    [InlineData("enableRBAC", "EnableRBAC")]
    [InlineData("b64Std", "B64Std")]
    [InlineData("X", "X")]
    [InlineData("", "")]
    public void A_property_is_its_wire_name_with_an_upper_case_letter(string wire, string name) =>
        Assert.Equal(name, CSharpName.Title(wire));

    [Theory]
    [InlineData("*", "Asterisk")]
    [InlineData("17", "Mode_17")]
    [InlineData("x-large", "X_large")]
    [InlineData("least waste, now", "Least_waste_now")]
    [InlineData("-1", "Mode_1")]
    [InlineData("P-256", "P_256")]
    [InlineData("", "Mode_")]
    public void An_enum_value_without_a_name_gets_one(string value, string name) =>
        Assert.Equal(name, CSharpName.OfEnumValue(value, "Mode"));

    [Theory]
    [InlineData("namespace", "@namespace")]
    [InlineData("value", "value")]
    [InlineData("@odata.id", "_odata_id")]
    [InlineData("$ref", "_ref")]
    public void A_parameter_is_a_valid_name(string wire, string name) => Assert.Equal(name, CSharpName.Parameter(wire));

    [Fact]
    public void Any_text_becomes_a_literal_that_reads_back()
    {
        Prop.ForAll<NonNull<string>>(text =>
        {
            var expression = SyntaxFactory.ParseExpression(CSharpName.Quote(text.Get));
            return !expression.ContainsDiagnostics && expression.GetFirstToken().ValueText == text.Get;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_enum_value_becomes_an_identifier() =>
        Prop.ForAll<NonNull<string>>(text => SyntaxFacts.IsValidIdentifier(CSharpName.OfEnumValue(text.Get, "Mode"))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_number_becomes_a_literal_that_reads_back()
    {
        Prop.ForAll<NormalFloat>(number =>
        {
            var expression = SyntaxFactory.ParseExpression(CSharpName.Literal(Math.Abs(number.Get)));
            return expression.GetFirstToken().Value is double read && read.Equals(Math.Abs(number.Get));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("dbforpostgresql:Server", "Pulumi.AzureNative.DBforPostgreSQL.Server", "Pulumi.AzureNative.DBforPostgreSQL.ServerArgs")]
    [InlineData("operationalinsights:Workspace", "Pulumi.AzureNative.OperationalInsights.Workspace", "Pulumi.AzureNative.OperationalInsights.WorkspaceArgs")]
    [InlineData("privatedns:PrivateZone", "Pulumi.AzureNative.PrivateDns.PrivateZone", "Pulumi.AzureNative.PrivateDns.PrivateZoneArgs")]
    [InlineData("keyvault:Vault", "Pulumi.AzureNative.KeyVault.Vault", "Pulumi.AzureNative.KeyVault.VaultArgs")]
    [InlineData("network:PublicIPAddress", "Pulumi.AzureNative.Network.PublicIPAddress", "Pulumi.AzureNative.Network.PublicIPAddressArgs")]
    public void Azure_resources_are_where_the_official_package_has_them(string token, string resource, string args)
    {
        var package = SchemaReader.Read(Repository.Schema("Pulumi.AzureNative"));
        var names = new PackageNames(package);
        var found = package.Resources[$"azure-native:{token}"];
        Assert.Equal(resource, names.Resource(found).Full);
        Assert.Equal(args, names.ResourceArgs(found).Full);
    }

    [Fact]
    public void Kubernetes_types_live_below_types()
    {
        var package = SchemaReader.Read(Repository.Schema("Pulumi.Kubernetes"));
        var names = new PackageNames(package);
        var policy = package.Resources["kubernetes:networking.k8s.io/v1:NetworkPolicy"];
        Assert.Equal("Pulumi.Kubernetes.Networking.V1.NetworkPolicy", names.Resource(policy).Full);
        Assert.Equal("Pulumi.Kubernetes.Types.Inputs.Networking.V1.NetworkPolicyArgs", names.ResourceArgs(policy).Full);
        Assert.Equal("Pulumi.Kubernetes.Types.Outputs.Meta.V1.ObjectMeta", names.Nested("kubernetes:meta/v1:ObjectMeta", ObjectShape.Output).Full);
        Assert.Equal(
            "Pulumi.Kubernetes.Types.Inputs.Provider.KubeClientSettingsArgs",
            names.Nested("kubernetes:index:KubeClientSettings", ObjectShape.Input).Full);
        Assert.Equal("Pulumi.Kubernetes.ProviderArgs", names.ResourceArgs(package.Provider).Full);
    }

    [Fact]
    public void A_nested_object_has_a_class_for_each_use()
    {
        const string token = "random:index/policy:policy";
        var bridged = new PackageNames(SchemaReader.Read(Repository.Schema("Pulumi.Random")));
        Assert.Equal("Pulumi.Random.Inputs.PolicyArgs", bridged.Nested(token, ObjectShape.Input).Full);
        Assert.Equal("Pulumi.Random.Inputs.PolicyGetArgs", bridged.Nested(token, ObjectShape.State).Full);
        Assert.Equal("Pulumi.Random.Inputs.PolicyArgs", bridged.Nested(token, ObjectShape.FunctionPlain).Full);
        Assert.Equal("Pulumi.Random.Inputs.PolicyInputArgs", bridged.Nested(token, ObjectShape.FunctionInput).Full);
        Assert.Equal("Pulumi.Random.Outputs.Policy", bridged.Nested(token, ObjectShape.Output).Full);
        Assert.Equal("Pulumi.Random.Outputs.PolicyResult", bridged.Nested(token, ObjectShape.FunctionOutput).Full);

        var azure = new PackageNames(SchemaReader.Read(Repository.Schema("Pulumi.AzureNative")));
        Assert.Equal("Pulumi.AzureNative.KeyVault.Inputs.Sku", azure.Nested("azure-native:keyvault:Sku", ObjectShape.FunctionPlain).Full);
        Assert.Equal("Pulumi.AzureNative.KeyVault.Inputs.SkuArgs", azure.Nested("azure-native:keyvault:Sku", ObjectShape.FunctionInput).Full);
        Assert.Equal("Pulumi.AzureNative.KeyVault.Outputs.Sku", azure.Nested("azure-native:keyvault:Sku", ObjectShape.FunctionOutput).Full);
    }

    [Theory]
    [InlineData("one-two", "a/b:C", "Pulumi.OneTwo.A.B.C")]
    [InlineData("one", "index:C", "Pulumi.One.C")]
    [InlineData("one", "sub:lower", "Pulumi.One.Sub.Lower")]
    public void Without_settings_namespaces_follow_the_token(string package, string token, string name)
    {
        var json = $$"""{ "name": "{{package}}", "version": "1", "resources": { "{{package}}:{{token}}": {} } }""";
        var read = SchemaReader.Read(json);
        Assert.Equal(name, new PackageNames(read).Resource(read.Resources.Values.Single()).Full);
    }

    [Fact]
    public void The_root_namespace_can_be_another()
    {
        const string json = """{ "name": "canton", "version": "1", "language": { "csharp": { "rootNamespace": "Our" } }, "resources": { "canton:index:User": {} } }""";
        var read = SchemaReader.Read(json);
        Assert.Equal("Our.Canton.User", new PackageNames(read).Resource(read.Resources.Values.Single()).Full);
    }
}
