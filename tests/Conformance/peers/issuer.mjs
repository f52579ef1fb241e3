// A certified OpenID provider, right or wrong in one way, until its input ends.
//   node issuer.mjs <flaw>; prints {"issuer": "…"} when it listens.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const flaw = process.argv[2];
const audience = "https://ledger-api.test.canton";
const hour = 60 * 60;

function key(type, options, alg) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg, kid: `${alg}-${Math.random()}` };
}

const rsa = key("rsa", { modulusLength: 2048 }, "RS256");
const ec = key("ec", { namedCurve: "P-256" }, "ES256");
const other = key("rsa", { modulusLength: 2048 }, "RS256");
const algorithm = flaw === "es256" ? "ES256" : "RS256";

const server = createServer().listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(flaw === "issuer" ? `${address}/` : address, {
    jwks: { keys: [flaw === "es256" ? ec : rsa] },
    clients: [{
      client_id: "validator-app-backend",
      client_secret: "Canary/5ecret+value &42",
      grant_types: flaw === "grant" ? [] : ["client_credentials"],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: "client_secret_post",
      id_token_signed_response_alg: algorithm,
      scope: "daml_ledger_api",
    }],
    scopes: ["openid", "daml_ledger_api"],
    enabledJWA: { idTokenSigningAlgValues: [algorithm] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: flaw !== "grant" },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: flaw === "scope" ? "other" : "daml_ledger_api",
          audience: flaw === "audience" ? "https://elsewhere.test" : audience,
          accessTokenTTL: { eternal: 31 * 24 * hour, long: hour, short: 30 }[flaw] ?? 5 * 60,
          accessTokenFormat: flaw === "opaque" ? "opaque" : "jwt",
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: (context, token, jwt) => {
          if (flaw === "sub") {
            delete jwt.payload.sub;
          }
          if (flaw === "iss") {
            jwt.payload.iss = "https://elsewhere.test";
          }
          if (flaw === "future") {
            jwt.payload.nbf = Math.floor(Date.now() / 1000) + hour;
          }
        },
      },
    },
  });

  // What a certified provider does not do wrong by itself, a proxy before it does.
  provider.use(async (context, next) => {
    await next();
    if (context.path === "/.well-known/openid-configuration") {
      if (flaw === "pkce") {
        delete context.body.code_challenge_methods_supported;
      }
      if (flaw === "discovery") {
        context.redirect("/elsewhere");
      }
    }
    if (context.path === "/jwks") {
      if (flaw === "jwks") {
        context.status = 503;
        context.body = "down";
      }
      if (flaw === "keys") {
        const { kty, n, e, kid, use, alg } = other;
        context.body = { keys: [{ kty, n, e, kid, use, alg }] };
      }
      if (flaw === "forged") {
        const { kty, n, e, use, alg } = other;
        context.body = { keys: [{ kty, n, e, kid: rsa.kid, use, alg }] };
      }
    }
  });
  server.on("request", provider.callback());
  process.stdout.write(JSON.stringify({ issuer: address }) + "\n");
});

process.stdin.resume().on("end", () => process.exit(0));
