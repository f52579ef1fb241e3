using System.Collections;
using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Services;
using CantonInfra.Infra.Tests.Components.Identity;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Services;

/// <summary>Services of the middleware (B1, B5, B7).</summary>
public sealed class MiddlewareServiceTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Image = "registry.example.com/service:1@sha256:1";
    private const string Checker = "registry.example.com/canton-infra:1@sha256:2";

    private static readonly ServiceImage Given = new(
        Image, 1, ImmutableSortedDictionary<string, string>.Empty.Add("LOG_LEVEL", "info"), "service-secrets");

    private static readonly RightsCheck Check = new(Checker, new Uri("http://participant.validator:7575"), "bridge", ["user-registration"]);

    [Fact]
    public async Task Without_an_image_all_but_the_pods_stands_ready()
    {
        var (mocks, service) = await DeclareAsync(CantonService.Indexer, null, Check);

        Assert.Empty(mocks.All(Deployment));
        Assert.Equal("client of indexer-identity", ((IDictionary<string, object>)mocks.Inputs("kubernetes:core/v1:ServiceAccount").At("metadata.annotations")!)["azure.workload.identity/client-id"]);
        Assert.Equal(
            "system:serviceaccount:canton-mw-indexer:canton-mw-indexer",
            mocks.Inputs("azure-native:managedidentity:FederatedIdentityCredential").At("subject"));
        Assert.Equal("canton-mw-indexer", mocks.Inputs("kubernetes:core/v1:Secret").At("metadata.namespace"));
        Assert.StartsWith("not enforced", service.RightsAtStart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_get_the_service_s_own_secret_and_where_the_ledger_is()
    {
        var (mocks, _) = await DeclareAsync(CantonService.Indexer, Given, null);

        var container = Container(mocks, "containers");
        Assert.Equal(Image, container.At("image"));
        Assert.Equal(["service-secrets", "canton-auth"], Names(container, "envFrom", "secretRef"));
        Assert.Contains(
            ((IEnumerable)container.At("env")!).Cast<IDictionary<string, object>>(),
            variable => "CANTON_LEDGER_RPC_URL".Equals(variable["name"]) && "participant.validator:5001".Equals(variable["value"]));
    }

    [Fact]
    public async Task Pods_keep_the_strictest_standard()
    {
        var (mocks, _) = await DeclareAsync(CantonService.Relayer, Given, Check);

        var pod = mocks.Inputs(Deployment);
        Assert.Equal(true, pod.At("spec.template.spec.securityContext.runAsNonRoot"));
        Assert.Equal(false, pod.At("spec.template.spec.automountServiceAccountToken"));
        foreach (var container in new[] { Container(mocks, "containers"), Container(mocks, "initContainers") })
        {
            Assert.Equal(false, container.At("securityContext.allowPrivilegeEscalation"));
            Assert.Equal(true, container.At("securityContext.readOnlyRootFilesystem"));
            Assert.Equal("ALL", container.At("securityContext.capabilities.drop.0"));
            Assert.NotNull(container.At("resources.limits.memory"));
        }
    }

    // B7
    [Fact]
    public async Task What_a_user_lacks_is_found_before_the_service_starts()
    {
        var (mocks, service) = await DeclareAsync(CantonService.Relayer, Given, Check);

        var check = Container(mocks, "initContainers");
        Assert.Equal(Checker, check.At("image"));
        Assert.Equal(
            ["rights", "verify", "--service", "relayer", "--retry-seconds", "120", "--allow-http", "--party", "bridge", "--extra", "user-registration"],
            check.Texts("args").AsEnumerable());
        Assert.Equal(["canton-auth"], Names(check, "envFrom", "secretRef"));
        Assert.Equal("enforced", service.RightsAtStart);
    }

    [Fact]
    public async Task Where_no_image_checks_rights_it_says_so()
    {
        var (mocks, service) = await DeclareAsync(CantonService.Relayer, Given, null);

        Assert.Null(mocks.Inputs(Deployment).At("spec.template.spec.initContainers"));
        Assert.StartsWith("not enforced", service.RightsAtStart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_must_be_alone_is_never_there_twice()
    {
        var (alone, _) = await DeclareAsync(CantonService.Relayer, Given, null);
        var (several, _) = await DeclareAsync(CantonService.ApiServer, Given with { Replicas = 2 }, null);

        Assert.Equal("Recreate", alone.Inputs(Deployment).At("spec.strategy.type"));
        Assert.Empty(alone.All("kubernetes:policy/v1:PodDisruptionBudget"));
        Assert.Equal("RollingUpdate", several.Inputs(Deployment).At("spec.strategy.type"));
        Assert.Single(several.All("kubernetes:policy/v1:PodDisruptionBudget"));
    }

    private static async Task<(CloudMocks Mocks, MiddlewareService Service)> DeclareAsync(
        CantonService service, ServiceImage? image, RightsCheck? check)
    {
        MiddlewareService? declared = null;
        var mocks = await CloudMocks.RunAsync(() => declared = new MiddlewareService(service.Setting, new MiddlewareServiceArgs
        {
            Azure = Scenery.Azure,
            IdentityResourceGroupName = "rg-sec",
            TokenIssuer = "https://issuer",
            Service = service,
            Identity = KeycloakTests.Realm(),
            TokenRequest = TokenRequestForm.Json,
            SecretGeneration = 1,
            Vault = Scenery.Vault("secrets", "app"),
            Namespace = Scenery.Namespace(service.Name, PodSecurity.Restricted),
            LedgerApi = "participant.validator:5001",
            Image = image,
            RightsCheck = check,
        }));
        return (mocks, declared!);
    }

    private static ImmutableDictionary<string, object> Container(CloudMocks mocks, string list) =>
        Assert.IsType<ImmutableDictionary<string, object>>(mocks.Inputs(Deployment).At($"spec.template.spec.{list}.0"));

    private static IEnumerable<object> Names(ImmutableDictionary<string, object> container, string list, string reference) =>
        ((IEnumerable)container.At(list)!).Cast<IDictionary<string, object>>()
            .Select(entry => ((IDictionary<string, object>)entry[reference])["name"]);
}
