namespace CantonInfra.Infra.Components.Foundation;

/// <summary>What Azure takes as a name of one type of resource.</summary>
/// <param name="Type">The type, as messages call it.</param>
/// <param name="Shortest">The least length.</param>
/// <param name="Longest">The greatest length.</param>
/// <param name="Punctuation">The characters that may stand between letters and digits.</param>
/// <param name="IsLowercase">Whether upper case is refused.</param>
/// <remarks>Limits: Microsoft's naming rules for Azure resources (facts/azure.md, section 1).</remarks>
internal sealed record AzureNameRule(string Type, int Shortest, int Longest, string Punctuation, bool IsLowercase = false)
{
    /// <summary>An AKS cluster.</summary>
    public static readonly AzureNameRule Cluster = new("AKS cluster", 1, 63, "-_");

    /// <summary>A data collection endpoint or rule, or a workspace for metrics.</summary>
    public static readonly AzureNameRule DataCollection = new("data collection resource", 3, 44, "-");

    /// <summary>A disk encryption set.</summary>
    public static readonly AzureNameRule DiskEncryptionSet = new("disk encryption set", 1, 80, "-_");

    /// <summary>A user-assigned identity.</summary>
    public static readonly AzureNameRule Identity = new("user-assigned identity", 3, 128, "-_");

    /// <summary>A key vault; the name is global and stays taken while the vault is soft-deleted.</summary>
    public static readonly AzureNameRule KeyVault = new("key vault", 3, 24, "-");

    /// <summary>A Log Analytics workspace.</summary>
    public static readonly AzureNameRule LogAnalyticsWorkspace = new("Log Analytics workspace", 4, 63, "-");

    /// <summary>A managed HSM; the name is global and stays taken while the HSM is soft-deleted.</summary>
    public static readonly AzureNameRule ManagedHsm = new("managed HSM", 3, 24, "-");

    /// <summary>An alert, an action group or a private link scope of Azure Monitor.</summary>
    public static readonly AzureNameRule MonitorResource = new("Azure Monitor resource", 1, 128, "-_.");

    /// <summary>A network resource other than the virtual network.</summary>
    public static readonly AzureNameRule NetworkResource = new("network resource", 1, 80, "-_.");

    /// <summary>A Linux node pool.</summary>
    public static readonly AzureNameRule NodePool = new("node pool", 1, 12, "", IsLowercase: true);

    /// <summary>A policy assignment at a subscription.</summary>
    public static readonly AzureNameRule PolicyAssignment = new("policy assignment", 1, 64, "-_");

    /// <summary>A PostgreSQL flexible server; the name is global, a host name.</summary>
    public static readonly AzureNameRule PostgreSqlServer = new("PostgreSQL flexible server", 3, 63, "-", IsLowercase: true);

    /// <summary>A resource group.</summary>
    public static readonly AzureNameRule ResourceGroup = new("resource group", 1, 90, "-_.()");

    /// <summary>A storage account; the name is global, a host name.</summary>
    public static readonly AzureNameRule StorageAccount = new("storage account", 3, 24, "", IsLowercase: true);

    /// <summary>A Linux virtual machine; the name is its host name.</summary>
    public static readonly AzureNameRule VirtualMachine = new("virtual machine", 1, 64, "-");

    /// <summary>A virtual network.</summary>
    public static readonly AzureNameRule VirtualNetwork = new("virtual network", 2, 64, "-_.");

    /// <summary>The name, where Azure takes it.</summary>
    /// <exception cref="ArgumentException">Azure would refuse it.</exception>
    public string Check(string name) => Problem(name) is { } problem
        ? throw new ArgumentException($"'{name}' cannot be the name of a {Type}: {problem}.", nameof(name))
        : name;

    /// <summary>Why Azure would refuse a name; null where it takes it.</summary>
    public string? Problem(string name)
    {
        if (name.Length < Shortest || name.Length > Longest)
        {
            return $"it has {name.Length} characters, and {Shortest} to {Longest} are allowed";
        }

        // Starting with a letter is asked of few types; the abbreviation of the type in front sees to it for all.
        if (!char.IsAsciiLetter(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
        {
            return "it must begin with a letter and end with a letter or digit";
        }

        if (name.FirstOrDefault(character => !IsAllowed(character)) is var wrong and not '\0')
        {
            return $"'{wrong}' is not allowed";
        }

        return name.Contains("--", StringComparison.Ordinal) ? "two hyphens in a row are not allowed" : null;
    }

    private bool IsAllowed(char character) =>
        char.IsAsciiDigit(character)
        || char.IsAsciiLetterLower(character)
        || (!IsLowercase && char.IsAsciiLetterUpper(character))
        || Punctuation.Contains(character, StringComparison.Ordinal);
}
