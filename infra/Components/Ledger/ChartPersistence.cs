using System.Globalization;
using CantonInfra.Infra.Components.Data;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Where a workload of a validator keeps its data, <c>persistence</c> of its chart.</summary>
/// <param name="Host">The server.</param>
/// <param name="Database">The database.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Account">The account, whose password is in <see cref="ValidatorSecrets.Database"/>.</param>
/// <param name="MostConnections">The most connections that it opens.</param>
/// <param name="SslMode">How the server's certificate is checked, as PostgreSQL calls it.</param>
internal sealed record ChartPersistence(
    Output<string> Host, string Database, string Schema, string Account, int MostConnections, string SslMode)
{
    /// <summary>The port of PostgreSQL.</summary>
    public const int Port = PostgreSqlServer.PortNumber;

    /// <summary>As charts take it.</summary>
    public Dictionary<string, object> Values => new()
    {
        ["host"] = Host,
        ["port"] = Port,
        ["databaseName"] = Database,
        ["schema"] = Schema,
        ["user"] = Account,
        ["secretName"] = ValidatorSecrets.Database,
        ["enablePgInitContainer"] = false,
    };

    /// <summary>
    /// What charts have no key for: TLS with the server's certificate checked against the roots that Java trusts, and the pool. The account
    /// again, since the participant's chart hands on its password and not its name, and the image takes it for <c>cnadmin</c>.
    /// </summary>
    /// <param name="node">The node's place in Canton's configuration.</param>
    public Dictionary<string, object> Variable(string node) => new()
    {
        ["name"] = "ADDITIONAL_CONFIG_STORAGE",
        ["value"] = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {{node}}.storage {
              config.properties {
                user = {{Hocon.Quote(Account)}}
                ssl = true
                sslmode = "{{SslMode}}"
                sslfactory = "org.postgresql.ssl.DefaultJavaSSLFactory"
              }
              parameters.max-connections = {{MostConnections}}
            }
            """),
    };
}
