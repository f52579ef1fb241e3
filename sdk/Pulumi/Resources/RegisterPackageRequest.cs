using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>A parameterized package that resources come from; used by generated code.</summary>
public sealed class RegisterPackageRequest
{
    /// <summary>A package of that name and version.</summary>
    public RegisterPackageRequest(
        string name,
        string version,
        string downloadUrl,
        Dictionary<string, byte[]>? checksums = null,
        PackageParameterization? parameterization = null,
        PackageParameterization? extension = null)
    {
        Name = name;
        Version = version;
        DownloadUrl = downloadUrl;
        Checksums = checksums ?? [];
        Parameterization = parameterization;
        Extension = extension;
    }

    /// <inheritdoc cref="RegisterPackageRequest(string, string, string, Dictionary{string, byte[]}?, PackageParameterization?, PackageParameterization?)"/>
    public RegisterPackageRequest(
        string name,
        string version,
        string downloadUrl,
        Dictionary<string, byte[]>? checksums,
        PackageParameterization? parameterization)
        : this(name, version, downloadUrl, checksums, parameterization, null)
    {
    }

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>The plugin's version.</summary>
    public string Version { get; }

    /// <summary>Where the plugin is downloaded from.</summary>
    public string DownloadUrl { get; }

    /// <summary>The plugin's checksums by platform.</summary>
    public Dictionary<string, byte[]> Checksums { get; }

    /// <summary>The parameters that replace the plugin's own schema.</summary>
    public PackageParameterization? Parameterization { get; }

    /// <summary>The parameters that extend the plugin's own schema.</summary>
    public PackageParameterization? Extension { get; }

    /// <summary>The parameters of a package.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "Nested in the official package too.")]
    [SuppressMessage("Performance", "CA1819", Justification = "An array in the official package too.")]
    public sealed class PackageParameterization
    {
        /// <summary>The parameterized package's name and version, and the value that makes it.</summary>
        public PackageParameterization(string name, string version, byte[] value)
        {
            Name = name;
            Version = version;
            Value = value;
        }

        /// <summary>The package's name.</summary>
        public string Name { get; }

        /// <summary>The package's version.</summary>
        public string Version { get; }

        /// <summary>The value of the parameter.</summary>
        public byte[] Value { get; }
    }
}
