using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>ClientTrafficPolicy</c> of Envoy Gateway: what a gateway asks of its clients.</summary>
internal sealed class ClientTrafficPolicyArgs() : CustomResourceArgs("gateway.envoyproxy.io/v1alpha1", "ClientTrafficPolicy")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required ClientTrafficPolicySpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="ClientTrafficPolicyArgs"/> says.</summary>
internal sealed class ClientTrafficPolicySpecArgs : ResourceArgs
{
    /// <summary>The gateway, or one listener of it: what is said of a listener is all that counts for it.</summary>
    [Input("targetRefs")]
    public required ImmutableArray<NamedObjectArgs> TargetRefs { get; init; }

    /// <summary>TLS.</summary>
    [Input("tls")]
    public required ClientTlsArgs Tls { get; init; }

    /// <summary>How paths are read.</summary>
    [Input("path")]
    public required PathSettingsArgs Path { get; init; }

    /// <summary>Headers.</summary>
    [Input("headers")]
    public required HeaderSettingsArgs Headers { get; init; }
}

/// <summary>TLS of clients.</summary>
internal sealed class ClientTlsArgs : ResourceArgs
{
    /// <summary>The least version.</summary>
    [Input("minVersion")]
    public required string MinVersion { get; init; }

    /// <summary>Which certificates clients need; null where they need none.</summary>
    [Input("clientValidation")]
    public ClientValidationArgs? ClientValidation { get; init; }
}

/// <summary>The certificates that clients need.</summary>
internal sealed class ClientValidationArgs : ResourceArgs
{
    /// <summary>Whether those without one are let in.</summary>
    [Input("optional")]
    public bool Optional { get; init; }

    /// <summary>The ConfigMaps with who issues them, at <c>ca.crt</c>.</summary>
    [Input("caCertificateRefs")]
    public required ImmutableArray<NamedObjectArgs> AuthorityRefs { get; init; }

    /// <summary>The names that certificates may have.</summary>
    [Input("subjectAltNames")]
    public required SubjectAltNamesArgs SubjectAltNames { get; init; }
}

/// <summary>Names in certificates.</summary>
internal sealed class SubjectAltNamesArgs : ResourceArgs
{
    /// <summary>DNS names.</summary>
    [Input("dnsNames")]
    public required ImmutableArray<StringMatchArgs> DnsNames { get; init; }
}

/// <summary>A text that must be there.</summary>
internal sealed class StringMatchArgs : ResourceArgs
{
    /// <summary>How it is compared.</summary>
    [Input("type")]
    public string Type { get; init; } = "Exact";

    /// <summary>The text.</summary>
    [Input("value")]
    public required string Value { get; init; }
}

/// <summary>How paths are read.</summary>
internal sealed class PathSettingsArgs : ResourceArgs
{
    /// <summary>What is done with slashes that are written as <c>%2F</c>.</summary>
    [Input("escapedSlashesAction")]
    public required string EscapedSlashesAction { get; init; }
}

/// <summary>What is done with headers.</summary>
internal sealed class HeaderSettingsArgs : ResourceArgs
{
    /// <summary>Headers of every answer.</summary>
    [Input("lateResponseHeaders")]
    public required HeaderFilterArgs LateResponseHeaders { get; init; }
}

/// <summary>A change of headers.</summary>
internal sealed class HeaderFilterArgs : ResourceArgs
{
    /// <summary>Headers that have this value whatever they had.</summary>
    [Input("set")]
    public required ImmutableArray<HeaderArgs> Set { get; init; }
}

/// <summary>A header.</summary>
internal sealed class HeaderArgs : ResourceArgs
{
    /// <summary>The name.</summary>
    [Input("name")]
    public required string Name { get; init; }

    /// <summary>The value.</summary>
    [Input("value")]
    public required string Value { get; init; }
}
