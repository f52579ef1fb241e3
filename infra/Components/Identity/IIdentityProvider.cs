using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>
/// What people and services of an environment sign in to, whichever product it is (A1 to A5). What differs between products
/// is in the class of each and nowhere else.
/// </summary>
internal interface IIdentityProvider
{
    /// <summary>The product's name, for messages.</summary>
    string Product { get; }

    /// <summary>The <c>iss</c> of its tokens, letter by letter.</summary>
    string Issuer { get; }

    /// <summary>The issuer without a slash at the end, as user interfaces are given it.</summary>
    string Authority => Issuer.TrimEnd('/');

    /// <summary>Where the issuer's endpoints are described.</summary>
    string DiscoveryUrl => $"{Authority}/.well-known/openid-configuration";

    /// <summary>Where clients get tokens; unknown in a preview where only discovery can tell.</summary>
    Output<string> TokenEndpoint { get; }

    /// <summary>Where the keys are that tokens are checked with; unknown in a preview where only discovery can tell.</summary>
    Output<string> JwksUri { get; }

    /// <summary>How tokens for the ledger API are asked for.</summary>
    ApiAccess LedgerApi { get; }

    /// <summary>How tokens for the validator's API are asked for.</summary>
    ApiAccess ValidatorApi { get; }

    /// <summary>What it takes in a request for a token.</summary>
    TokenRequestRules TokenRequests { get; }

    /// <summary>The client of a machine: made where the program manages the provider, named by settings where it does not.</summary>
    MachineIdentity AddMachine(MachineRequest request);

    /// <summary>The clients of a validator's two user interfaces, and who uses its wallet.</summary>
    UserInterfaceLogins AddUserInterfaces(UserInterfaceRequest request);
}
