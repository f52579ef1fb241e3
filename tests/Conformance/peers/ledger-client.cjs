"use strict";
// The official TypeScript client of the JSON Ledger API against the participant stand-in: what it does to a user, line by line.
//   node ledger-client.cjs <address> <token> <user id> <party>

const { LedgerClient } = require("@canton-network/core-ledger-client");

const [address, token, userId, party] = process.argv.slice(2);
const silent = { child: () => silent };
for (const level of ["trace", "debug", "info", "warn", "error", "fatal"]) {
  silent[level] = () => {};
}

const client = new LedgerClient({
  baseUrl: new URL(address),
  logger: silent,
  accessTokenProvider: { getAccessToken: async () => token, getAuthContext: async () => ({ userId, accessToken: token }) },
});
const path = { path: { "user-id": userId } };
const parties = { userId, identityProviderId: "" };
const right = (kind, value = {}) => ({ kind: { [kind]: { value } } });

async function print(step, work) {
  try {
    process.stdout.write(JSON.stringify({ step, answer: (await work()) ?? null }) + "\n");
  } catch (error) {
    process.stdout.write(JSON.stringify({ step, error: error.code ?? String(error) }) + "\n");
  }
}

(async () => {
  await print("create", () => client.createUser(userId, party));
  await print("createAgain", () => client.post("/v2/users", { user: { id: userId, isDeactivated: false, identityProviderId: "", primaryParty: party }, rights: [] }));
  await print("partyExists", () => client.checkIfPartyExists(party));
  await print("grant", () => client.grantRights(userId, { actAs: [party], canReadAsAnyParty: true }));
  await print("revoke", () => client.patch("/v2/users/{user-id}/rights", { ...parties, rights: [right("ParticipantAdmin")] }, path));
  await print("rights", () => client.get("/v2/users/{user-id}/rights", path));
  await print("update", () => client.patch(
    "/v2/users/{user-id}",
    {
      user: { id: userId, isDeactivated: true, identityProviderId: "", primaryParty: party },
      updateMask: { paths: ["is_deactivated"], unknownFields: { fields: {} } },
    },
    path));
  await print("users", () => client.get("/v2/users", { query: { pageSize: 1 } }));
  await print("missing", () => client.get("/v2/users/{user-id}", { path: { "user-id": "nobody" } }));
  await print("parties", () => client.get("/v2/parties", { query: { "filter-party": party.split("::")[0] } }));
})();
