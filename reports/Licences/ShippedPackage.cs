namespace CantonInfra.Reports.Licences;

/// <summary>A package of others that is shipped with a program of ours.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">Its licence as an SPDX expression, or an address where it has none.</param>
/// <param name="Copyright">Its copyright notice; empty where it states none.</param>
/// <param name="Hash">SHA-512 of the package in hexadecimal digits; empty where it is not known.</param>
/// <param name="Programs">The programs of ours that it is part of.</param>
internal sealed record ShippedPackage(string Name, string Version, string Licence, string Copyright, string Hash, string Programs);
