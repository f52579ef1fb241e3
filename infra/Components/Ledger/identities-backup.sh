#!/bin/sh
# Fetches what a validator is known by from its validator app and puts it where nobody can change it.
#
# From the environment: VALIDATOR_API, TOKEN_URL, TOKEN_SCOPE, TOKEN_AUDIENCE (empty for none), CONTAINER_URL, the client's
# id and secret as files in /client, and what workload identity gives: AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_AUTHORITY_HOST,
# AZURE_FEDERATED_TOKEN_FILE. What it fetches has private keys: it is kept in memory, and no part of it is printed.
set -eu
umask 077
client=${CLIENT_FOLDER:-/client}
work=${WORK_FOLDER:-/work}

fail() {
  echo "error: $*" >&2
  exit 1
}

# Secrets are read from files, so that no list of processes shows them.
fetch() {
  curl --silent --show-error --fail --max-time 120 "$@"
}

# file with an answer, file for a header
keep_token() {
  token=$(sed -n 's/.*"access_token"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$1")
  [ -n "$token" ] || fail "there is no token in the answer."
  printf 'Authorization: Bearer %s\n' "$token" >"$2"
}

set -- --data-urlencode grant_type=client_credentials \
  --data-urlencode "client_id@$client/client-id" --data-urlencode "client_secret@$client/client-secret" \
  --data-urlencode "scope=$TOKEN_SCOPE"
[ -z "$TOKEN_AUDIENCE" ] || set -- "$@" --data-urlencode "audience=$TOKEN_AUDIENCE"
fetch "$@" --output "$work/token" "$TOKEN_URL" || fail "the identity provider gives no token."
keep_token "$work/token" "$work/validator-header"

fetch --header "@$work/validator-header" --output "$work/identities" "$VALIDATOR_API/v0/admin/participant/identities" ||
  fail "the validator app does not give its identities."
for member in id keys authorizedStoreSnapshot; do
  grep -q "\"$member\"" "$work/identities" || fail "what the validator app gives has no '$member'."
done

fetch --data-urlencode grant_type=client_credentials --data-urlencode "client_id=$AZURE_CLIENT_ID" \
  --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
  --data-urlencode "client_assertion@$AZURE_FEDERATED_TOKEN_FILE" \
  --data-urlencode scope=https://storage.azure.com/.default \
  --output "$work/token" "${AZURE_AUTHORITY_HOST%/}/$AZURE_TENANT_ID/oauth2/v2.0/token" || fail "Entra gives no token for the storage."
keep_token "$work/token" "$work/storage-header"
printf 'x-ms-version: 2021-12-02\n' >>"$work/storage-header"

# A new name each time; one that is taken is never overwritten.
blob=$(date -u +%Y-%m-%dT%H%M%SZ).json
size=$(wc -c <"$work/identities" | tr -d ' ')
fetch --upload-file "$work/identities" --header "@$work/storage-header" --header 'x-ms-blob-type: BlockBlob' \
  --header 'If-None-Match: *' --header 'Content-Type: application/json' --output /dev/null "$CONTAINER_URL/$blob" ||
  fail "the storage does not take $blob."
stored=$(fetch --head --header "@$work/storage-header" "$CONTAINER_URL/$blob" | tr -d '\r' | sed -n 's/^[Cc]ontent-[Ll]ength: *//p')
[ "$stored" = "$size" ] || fail "the storage has ${stored:-no} bytes of $blob, and $size were sent."
echo "kept $blob, $size bytes"
