namespace CantonInfra.Infra.Components.Identity;

/// <summary>What a provider takes in a request for a token by client credentials.</summary>
/// <param name="TakesJson">Whether it reads JSON besides forms.</param>
/// <param name="TakesAudience">Whether it bears a parameter <c>audience</c>.</param>
/// <param name="NeedsScope">Whether it gives nothing without a scope.</param>
internal sealed record TokenRequestRules(bool TakesJson, bool TakesAudience, bool NeedsScope)
{
    /// <summary>Why services that ask in a form get no token; null where they get one.</summary>
    /// <param name="form">How they ask.</param>
    public string? WhyRefused(TokenRequestForm form)
    {
        if (form == TokenRequestForm.Form)
        {
            return null;
        }

        var reasons = new List<string>();
        if (!TakesJson)
        {
            reasons.Add("reads forms only and they send JSON");
        }

        if (!TakesAudience)
        {
            reasons.Add("refuses the audience that they send");
        }

        if (NeedsScope)
        {
            reasons.Add("needs the scope that they do not send");
        }

        return reasons.Count == 0 ? null : string.Join(", ", reasons);
    }
}
