using CantonInfra.Canton.Provider;
using CantonInfra.ParticipantStandIn;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using CantonInfra.ProviderSdk;

namespace CantonInfra.Canton.Tests.Provider;

/// <summary>The provider over real gRPC, and a participant.</summary>
internal sealed class ServedProvider : IAsyncDisposable
{
    public const string Type = "canton:index:User";
    public const string Urn = "urn:pulumi:dev::canton-infra::canton:index:User::relayer";

    private readonly GrpcServer _server;

    private ServedProvider(Participant participant, GrpcServer server)
    {
        Participant = participant;
        _server = server;
        Channel = new GrpcChannel(server.Address);
    }

    public Participant Participant { get; }

    public GrpcChannel Channel { get; }

    public static async Task<ServedProvider> StartAsync(bool configure = true, params string[] untouchable)
    {
        var participant = await Participant.StartAsync();
        var service = new ProviderService(new CantonProvider(TimeProvider.System), () => { });
        var served = new ServedProvider(participant, await GrpcServer.StartAsync(service.Handlers()));
        if (configure)
        {
            await served.Channel.CallAsync(
                ProviderMethods.Configure, new ConfigureRequest { Args = Encode(Settings(participant, untouchable)), AcceptSecrets = true });
        }

        return served;
    }

    public static MapValue Settings(Participant participant, params string[] untouchable) => MapValue.Empty
        .With("ledgerApiUrl", participant.Address.ToString())
        .With("tokenUrl", participant.TokenUrl.ToString())
        .With("clientId", Participant.ClientId)
        .With("clientSecret", PropertyValue.Secret(participant.Tokens.Secret))
        .With("audience", Participant.Audience)
        .With("retrySeconds", 2)
        .With("untouchableUsers", PropertyValue.Of([.. untouchable.Select(PropertyValue.Of)]));

    /// <summary>Checked inputs of a user: rights such as <c>CanReadAsAnyParty</c> or <c>CanActAs=party</c>.</summary>
    public static MapValue User(string id, params string[] rights) => MapValue.Empty
        .With("userId", id)
        .With("isDeactivated", false)
        .With("adopt", true)
        .With("deleteAdopted", false)
        .With("rights", RightList(rights));

    public static PropertyValue RightList(params string[] rights) => PropertyValue.Of([.. rights.Select(right =>
    {
        var parts = right.Split('=', 2);
        var value = MapValue.Empty.With("kind", parts[0]);
        return parts.Length > 1 ? value.With("party", parts[1]) : value;
    })]);

    public static Google.Protobuf.WellKnownTypes.Struct Encode(MapValue values) => PropertyEncoding.Encode(values, new EncodingOptions(true, true, false));

    public async Task<CheckResponse> CheckAsync(MapValue inputs) =>
        await Channel.CallAsync(ProviderMethods.Check, new CheckRequest { Urn = Urn, Type = Type, News = Encode(inputs) });

    public async Task<(string Id, MapValue Outputs)> CreateAsync(MapValue inputs, bool preview = false)
    {
        var response = await Channel.CallAsync(
            ProviderMethods.Create, new CreateRequest { Urn = Urn, Type = Type, Properties = Encode(inputs), Preview = preview });
        return (response.Id, PropertyDecoding.Decode(response.Properties));
    }

    public async Task<MapValue> UpdateAsync(string id, MapValue outputs, MapValue olds, MapValue news, bool preview = false)
    {
        var response = await Channel.CallAsync(ProviderMethods.Update, new UpdateRequest
        {
            Id = id, Urn = Urn, Type = Type, Olds = Encode(outputs), OldInputs = Encode(olds), News = Encode(news), Preview = preview,
        });
        return PropertyDecoding.Decode(response.Properties);
    }

    public async Task<(string Id, MapValue Outputs, MapValue Inputs)> ReadAsync(string id, MapValue? outputs = null, MapValue? inputs = null)
    {
        var response = await Channel.CallAsync(ProviderMethods.Read, new ReadRequest
        {
            Id = id, Urn = Urn, Type = Type, Properties = Encode(outputs ?? MapValue.Empty), Inputs = Encode(inputs ?? MapValue.Empty),
        });
        return (response.Id, PropertyDecoding.Decode(response.Properties), PropertyDecoding.Decode(response.Inputs));
    }

    public Task<DiffResponse> DiffAsync(MapValue olds, MapValue news, params string[] ignore)
    {
        var request = new DiffRequest { Id = "x", Urn = Urn, Type = Type, OldInputs = Encode(olds), Olds = Encode(olds), News = Encode(news) };
        request.IgnoreChanges.AddRange(ignore);
        return Channel.CallAsync(ProviderMethods.Diff, request);
    }

    public async Task DeleteAsync(string id, MapValue outputs, MapValue inputs) => await Channel.CallAsync(ProviderMethods.Delete, new DeleteRequest
    {
        Id = id, Urn = Urn, Type = Type, Properties = Encode(outputs), OldInputs = Encode(inputs),
    });

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _server.DisposeAsync();
        await Participant.DisposeAsync();
    }
}
