#!/bin/sh
# What openssl says of the signatures, digests and time-stamps of receipts and bundles, with sha256sum for the index.
#
#   by-openssl.sh TRUST-FOLDER INSTANT FILE...
#
# For each file one line: VERIFIED with what was verified, or the first thing that openssl refused, in openssl's words.
# This is no verifier: it asks nothing but openssl and sha256sum, so that their opinion can be compared with others'.
set -u
export LC_ALL=C TZ=UTC
trust=$1
seconds=$(date -d "$2" +%s)
shift 2

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# said WORDS: keeps the first refusal
said() { [ -s "$tmp/said" ] || printf '%s' "$1" >"$tmp/said"; }

# why LOG: openssl's reason, without where in its source it arose
why() {
  reason=$(sed -n 's/.*Verify error: *//p; s/.*verify error:num=[0-9]*://p' "$1" | head -n 1)
  [ -n "$reason" ] || reason=$(sed -n 's/.*error:[0-9A-F]*:[^:]*:[^:]*:\([^:]*\):.*/\1/p' "$1" | head -n 1)
  printf '%s' "${reason:-refused}"
}

# anchors COUNTRY: CA certificates for it, and every revocation list
anchors() {
  for pem in "$trust"/*.pem; do
    case ${pem##*/} in
      "$1".*) cat "$pem" ;;
      [A-Z][A-Z][A-Z].*) ;;
      *) cat "$pem" ;;
    esac
  done
  cat "$trust"/*.crl "$tmp"/file/crls/*.pem 2>/dev/null
}

# cades SIGNATURE CONTENT COUNTRY WHAT
cades() {
  anchors "$3" >"$tmp/anchors"
  if openssl cms -verify -cades -binary -inform DER -in "$1" -content "$2" -CAfile "$tmp/anchors" -purpose any \
    -crl_check -attime "$seconds" -out /dev/null >"$tmp/log" 2>&1; then
    signatures=$((signatures + 1))
  else
    said "$4: $(why "$tmp/log")"
  fi
}

# digests FOLDER: every file that the manifest names has the digest that it states
digests() {
  tr -d '\n' <"$1/META-INF/ASiCManifest001.xml" | sed 's/<asic:DataObjectReference/\n&/g' |
    sed -n 's/.* URI="\([^"]*\)".*<ds:DigestValue>\([^<]*\)<.*/\1 \2/p' >"$tmp/listed"
  while read -r name digest || [ -n "$name" ]; do
    if [ ! -f "$1/$name" ]; then
      said "$name is missing"
    elif [ "$(openssl dgst -sha256 -binary "$1/$name" | base64)" != "$digest" ]; then
      said "$name has another digest"
    else
      digests=$((digests + 1))
    fi
  done <"$tmp/listed"
}

# cut P7S: the signature's value and its time-stamp token, by their place in the structure
cut_out() {
  openssl asn1parse -inform DER -in "$1" 2>/dev/null | sed 's/: *d=/ /; s/ hl=/ /; s/ l= */ /; s/: / /' |
    awk '$2 == 5 && /prim OCTET STRING/ || $2 == 5 && /prim: OCTET STRING/ { print "value", $1 + $3, $4 }
         /id-smime-aa-timeStampToken/ { here = 1; next }
         here && $2 == 8 && /SEQUENCE/ { print "token", $1, $3 + $4; here = 0 }' >"$tmp/places"
  rm -f "$tmp/value" "$tmp/token"
  while read -r what from length; do
    tail -c +$((from + 1)) "$1" | head -c "$length" >"$tmp/$what"
  done <"$tmp/places"
}

# stamped FOLDER: the token, if there is one, is over the signature's value
stamped() {
  cut_out "$1/META-INF/signature001.p7s"
  [ -f "$tmp/token" ] || return 0
  cat "$trust"/time-stamping/*.pem >"$tmp/tsa" 2>/dev/null
  if openssl ts -verify -data "$tmp/value" -in "$tmp/token" -token_in -CAfile "$tmp/tsa" -attime "$seconds" \
    >"$tmp/log" 2>&1; then
    tokens=$((tokens + 1))
  else
    said "time-stamp: $(why "$tmp/log")"
  fi
}

receipt() {
  xml=$1/evidence.xml
  country=$(tr -d '\n' <"$xml" 2>/dev/null | sed -n 's/.*<EvidenceIssuerDetails> *<Gateway>\(...\).*/\1/p')
  cades "$1/META-INF/signature001.p7s" "$1/META-INF/ASiCManifest001.xml" "${country:-none}" 'receipt'
  digests "$1"
  stamped "$1"
}

bundle() {
  sed -n 's/^file \([0-9a-f]*\) /\1  /p' "$1/bundle.txt" >"$tmp/sums"
  (cd "$1" && sha256sum --strict --check --quiet "$tmp/sums") >/dev/null 2>&1 || said 'sha256sum: not as bundle.txt says'
  for container in "$1"/receipts/*.asice; do
    rm -rf "$tmp/one"
    mkdir "$tmp/one"
    unzip -q -o "$container" -d "$tmp/one" >/dev/null 2>&1 || said 'unzip: a receipt'
    receipt "$tmp/one"
  done
  for card in "$1"/cards/*.xml; do
    [ ! -f "$card" ] || { name=${card##*/}; cades "$card.p7s" "$card" "$(printf %.3s "$name")" 'peer card'; }
  done
  for signature in "$1"/agreements/*.p7s; do
    [ -f "$signature" ] || continue
    party=${signature%.p7s}
    cades "$signature" "${party%.???}" "${party##*.}" 'agreement'
  done
  exporter=$(sed -n 's/^exporter //p' "$1/bundle.txt")
  [ ! -f "$1/bundle.txt.p7s" ] || cades "$1/bundle.txt.p7s" "$1/bundle.txt" "$(printf %.3s "$exporter")" 'index'
}

for file in "$@"; do
  rm -rf "$tmp/file" "$tmp/said"
  mkdir "$tmp/file"
  signatures=0 digests=0 tokens=0
  unzip -q -o -P none "$file" -d "$tmp/file" >/dev/null 2>&1 </dev/null
  case $? in
    0) ;;
    1) said 'unzip: warns' ;;
    *) said 'unzip: refuses' ;;
  esac
  case $file in
    *.asice) receipt "$tmp/file" ;;
    *) bundle "$tmp/file" ;;
  esac
  if [ -s "$tmp/said" ]; then
    printf '%s\tREFUSED %s\n' "$file" "$(cat "$tmp/said")"
  else
    printf '%s\tVERIFIED %s signatures, %s digests, %s time-stamps\n' "$file" "$signatures" "$digests" "$tokens"
  fi
done
