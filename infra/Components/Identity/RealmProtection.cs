using System.Globalization;
using Pulumi.Keycloak;
using Pulumi.Keycloak.Inputs;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What protects a realm: its sessions, passwords, second factors and defences.</summary>
internal static class RealmProtection
{
    /// <summary>A realm with all of it.</summary>
    /// <param name="realm">The realm's name.</param>
    /// <param name="accessTokenMinutes">For how long access tokens are good.</param>
    /// <param name="isProtected">Whether the provider refuses to delete the realm.</param>
    public static RealmArgs For(string realm, int accessTokenMinutes, bool isProtected)
    {
        var tokenLifespan = string.Create(CultureInfo.InvariantCulture, $"{accessTokenMinutes}m0s");
        return new RealmArgs
        {
            RealmName = realm,
            Enabled = true,
            SslRequired = "all",
            RegistrationAllowed = false,
            RegistrationEmailAsUsername = false,
            ResetPasswordAllowed = false,
            RememberMe = false,
            EditUsernameAllowed = false,
            LoginWithEmailAllowed = false,
            DuplicateEmailsAllowed = false,
            UserManagedAccess = false,
            DefaultSignatureAlgorithm = "RS256",
            PasswordPolicy = "length(14) and upperCase(1) and lowerCase(1) and digits(1) and specialChars(1)"
                + " and notUsername(undefined) and notEmail(undefined) and passwordHistory(5)",
            AccessTokenLifespan = tokenLifespan,
            AccessTokenLifespanForImplicitFlow = tokenLifespan,
            AccessCodeLifespan = "1m0s",
            AccessCodeLifespanLogin = "10m0s",
            AccessCodeLifespanUserAction = "5m0s",
            ActionTokenGeneratedByUserLifespan = "5m0s",
            ActionTokenGeneratedByAdminLifespan = "12h0m0s",
            SsoSessionIdleTimeout = "30m0s",
            SsoSessionMaxLifespan = "10h0m0s",
            ClientSessionIdleTimeout = "30m0s",
            ClientSessionMaxLifespan = "10h0m0s",
            OfflineSessionIdleTimeout = "720h0m0s",
            OfflineSessionMaxLifespanEnabled = true,
            OfflineSessionMaxLifespan = "1440h0m0s",
            RevokeRefreshToken = true,
            RefreshTokenMaxReuse = 0,
            TerraformDeletionProtection = isProtected,
            SecurityDefenses = new RealmSecurityDefensesArgs
            {
                BruteForceDetection = new RealmSecurityDefensesBruteForceDetectionArgs
                {
                    PermanentLockout = false,
                    MaxLoginFailures = 5,
                    WaitIncrementSeconds = 60,
                    QuickLoginCheckMilliSeconds = 1000,
                    MinimumQuickLoginWaitSeconds = 60,
                    MaxFailureWaitSeconds = 900,
                    FailureResetTimeSeconds = 43200,
                },
                Headers = new RealmSecurityDefensesHeadersArgs
                {
                    XFrameOptions = "DENY",
                    ContentSecurityPolicy = "frame-src 'self'; frame-ancestors 'none'; object-src 'none';",
                    XContentTypeOptions = "nosniff",
                    XRobotsTag = "none",
                    StrictTransportSecurity = "max-age=31536000; includeSubDomains",
                    ReferrerPolicy = "no-referrer",
                },
            },

            // Authenticator apps in wide use know no other algorithm and ignore what they are told.
            OtpPolicy = new RealmOtpPolicyArgs
            {
                Type = "totp",
                Algorithm = "HmacSHA1",
                Digits = 6,
                Period = 30,
                LookAheadWindow = 1,
                CodeReusable = false,
            },
        };
    }
}
