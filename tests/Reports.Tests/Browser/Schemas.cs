namespace CantonInfra.Reports.Tests.Browser;

/// <summary>Public schemas that documents have to keep to; see tests/Reports/validate.mjs.</summary>
internal static class Schemas
{
    /// <summary>Fails where a document does not keep to a schema.</summary>
    /// <param name="kind">sarif, cyclonedx or report.</param>
    /// <param name="file">The document.</param>
    public static void AssertValid(string kind, string file)
    {
        NpmWorkspace.Require();
        var (code, output) = NpmWorkspace.RunScript("validate.mjs", new Dictionary<string, string>(), kind, file);
        Assert.True(code == 0, output);
    }
}
