#!/bin/sh
# Checks an evidence bundle of a gateway without any software of the project: a POSIX shell, GNU coreutils, unzip and
# openssl 3.0 or later are all it needs. It opens no connection and writes only into a temporary folder of its own.
#
#   sh verify.sh --trust DIR [--policy FILE] [--at TIME] [BUNDLE.zip | FOLDER]
#
# DIR holds what you got from the countries themselves, never from whoever gave you the bundle:
#   QVL.pem              CA certificate that may speak for country QVL only; another name may speak for any one country
#   *.crl                fresh revocation lists, if you have them
#   *.vkey               ledger keys that you pin, one a line; they beat those of the peer cards
#   time-stamping/*.pem  CA certificates of time-stamping authorities, and *.crl
# FILE lets checks go that you can do without: lines such as "optional time-stamp". TIME: certificates are judged then.
# Without BUNDLE the folder in which you are is checked, if it is an unpacked bundle.
#
# Take this script, too, from the project and not from the bundle: a copy in a forged bundle may say what it likes.
#
# Ends with one line and 0 TOTAL-PASSED, 3 TOTAL-FAILED, 4 INDETERMINATE; 2 for a wrong call, 1 if a tool is missing.
# The verifier embassage-verify asks more: the plain form of every file, rules of agreements, orders of events, archive
# time-stamps, answers to challenges. What it refuses on those grounds this script may pass.

set -u
LC_ALL=C
TZ=UTC
export LC_ALL TZ
umask 077

usage() {
  printf '%s\n' 'usage: sh verify.sh --trust DIR [--policy FILE] [--at TIME] [BUNDLE.zip | FOLDER]' >&2
  exit 2
}

trust=
policy=
at=$(date +%s)
bundle=.
while [ $# -gt 0 ]; do
  case $1 in
    --trust) [ $# -ge 2 ] || usage; trust=$2; shift 2 ;;
    --policy) [ $# -ge 2 ] || usage; policy=$2; shift 2 ;;
    --at) [ $# -ge 2 ] || usage; at=$(date -d "$2" +%s 2>/dev/null) || usage; shift 2 ;;
    --help | -h) usage ;;
    -*) usage ;;
    *) bundle=$1; shift; [ $# -eq 0 ] || [ "${1#-}" != "$1" ] || usage ;;
  esac
done
[ -d "$trust" ] || usage
[ -z "$policy" ] || [ -f "$policy" ] || usage
trust=$(cd "$trust" && pwd)
case $policy in '' | /*) ;; *) policy=$(pwd)/$policy ;; esac
for tool in unzip openssl sha256sum base64 basenc od tr sort uniq head tail cut date mktemp cat rm mkdir wc; do
  command -v "$tool" >/dev/null 2>&1 || { printf '%s\n' "verify.sh needs $tool" >&2; exit 1; }
done
case $(openssl version) in
  'OpenSSL '[3-9].*) ;;
  *) printf '%s\n' 'verify.sh needs OpenSSL 3.0 or later' >&2; exit 1 ;;
esac

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$tmp/keys" "$tmp/crls" "$tmp/notes" "$tmp/receipts" "$tmp/anchors"

# ---- what was found

failed=
open=
let_go=
count=0

heading() { printf '\n%s\n' "$1"; }
fine() { printf '  ok    %s\n' "$1"; }
bad() {
  printf '  FAIL  %s\n' "$1"
  [ -n "$failed" ] || failed=$1
}
# gap CHECK SENTENCE: nothing is wrong, but something is missing
gap() {
  if optional "$1"; then
    printf '  let go  %s\n' "$2"
    case " $let_go " in *" $1 "*) ;; *) let_go="$let_go $1" ;; esac
  else
    printf '  open  %s\n' "$2"
    [ -n "$open" ] || open=$2
  fi
}
optional() {
  [ -n "$policy" ] || return 1
  while IFS= read -r o_line || [ -n "$o_line" ]; do
    [ "$o_line" = "optional $1" ] && return 0
  done <"$policy"
  return 1
}
# finish: the last line and the exit code
finish() {
  if [ -n "$failed" ]; then
    printf '\n%s\n' "TOTAL-FAILED: do not rely on it: $failed"
    exit 3
  elif [ -n "$open" ]; then
    printf '\n%s\n' "INDETERMINATE: nothing was found to be wrong, but not all is proven: $open"
    exit 4
  fi
  printf '\n%s\n' "TOTAL-PASSED: all that was checked holds${let_go:+; not checked, as your policy allows:$let_go}"
  exit 0
}
stop() {
  bad "$1"
  finish
}

# ---- small tools

sha() { sha256sum <"$1" | cut -c 1-64; }
# hex: octets to lower-case hexadecimal digits on one line
hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { printf '%s' "$1" | tr a-f A-F | basenc -d --base16 2>/dev/null; }
is_number() {
  case $1 in '' | *[!0-9]* | 0?* | ???????????????????*) return 1 ;; esac
}
# value TAG FILE: the text of the first element of that name
value() {
  v_text=$(cat "$2")
  case $v_text in
    *"<$1>"*"</$1>"*) v_text=${v_text#*"<$1>"}; printf '%s' "${v_text%%"</$1>"*}" ;;
  esac
}
country() { printf '%.3s' "$1"; }

# plain NAME: a path of plain characters that leads nowhere else
plain() {
  case $1 in
    '' | /* | */ | *//* | .* | */.* | -* | */-* | *[!A-Za-z0-9._/-]* | */*/*/*/*/*/*) return 1 ;;
  esac
}
# unpack ZIP FOLDER: only plain files with plain names, each once; writes their names to FOLDER.names
unpack() {
  unzip -Z1 "$1" >"$2.names" 2>/dev/null </dev/null || return 1
  [ -s "$2.names" ] && [ -z "$(sort "$2.names" | uniq -d)" ] || return 1
  while IFS= read -r u_name; do
    plain "$u_name" || return 1
  done <"$2.names"
  unzip -Z -s "$1" >"$2.listing" 2>/dev/null </dev/null || return 1
  while IFS= read -r u_line; do
    case $u_line in
      'Archive: '* | 'Zip file size: '* | [?-]* | [0-9]*' file'*) ;;
      *) return 1 ;; # a link, a folder, a device
    esac
  done <"$2.listing"
  mkdir -p "$2" && unzip -q -o -P none -d "$2" "$1" >/dev/null 2>&1 </dev/null
}

# ---- trust

# anchors of a country: files that bear its name, and those that bear none
anchors() {
  a_list=$tmp/anchors/$1.pem
  [ ! -f "$a_list" ] || { printf '%s' "$a_list"; return; }
  : >"$a_list"
  for a_file in "$trust"/*.pem; do
    [ -f "$a_file" ] || continue
    case ${a_file##*/} in
      "$1".* | "$1"-* | "$1"_*) ;;
      [A-Z][A-Z][A-Z][._-]*) continue ;;
    esac
    openssl x509 -in "$a_file" >>"$a_list" 2>/dev/null
  done
  printf '%s' "$a_list"
}
: >"$tmp/certificates.pem"
# only the list is taken from such a file, never a certificate that lies beside it
lists=0
add_crl() {
  [ -f "$1" ] || return 0
  lists=$((lists + 1))
  openssl crl -in "$1" -out "$tmp/crls/$lists.pem" 2>/dev/null ||
    openssl crl -inform DER -in "$1" -out "$tmp/crls/$lists.pem" 2>/dev/null || rm -f "$tmp/crls/$lists.pem"
}

# signed_by URI COUNTRY SIGNATURE CONTENT WHAT [INSTANT [ANCHORS]]: a CAdES signature by the holder of exactly that URI,
# under an anchor of the country. Leaves the signer's certificate in $tmp/signer.pem.
signed_by() {
  s_list=${7:-$(anchors "$2")}
  rm -f "$tmp/signer.pem"
  # first whose signature it is, then as CAdES by just that certificate, and only then whether it leads to an anchor
  if ! openssl cms -verify -noverify -binary -inform DER -in "$3" -content "$4" -signer "$tmp/signer.pem" \
    -out /dev/null >/dev/null 2>&1 </dev/null ||
    ! openssl cms -verify -cades -binary -inform DER -in "$3" -content "$4" -CAfile "$tmp/signer.pem" -partial_chain \
      -no_check_time -purpose any -out /dev/null >/dev/null 2>&1 </dev/null; then
    bad "$5 does not hold: it was changed, or somebody else signed"
    return 1
  fi
  s_names=$(openssl x509 -in "$tmp/signer.pem" -noout -ext subjectAltName 2>/dev/null | tail -n +2 | tr -d ' \n')
  s_uses=$(openssl x509 -in "$tmp/signer.pem" -noout -ext keyUsage,basicConstraints 2>/dev/null)
  case $(cat "$tmp/signer.pem") in
    *'-----BEGIN '*'-----BEGIN '*) bad "$5 has more than one signer"; return 1 ;;
  esac
  if [ "$s_names" != "URI:$1" ]; then
    bad "$5 is not by $1"
    return 1
  fi
  case $s_uses in
    *CA:TRUE*) bad "$5 is by an authority itself"; return 1 ;;
    *'Digital Signature, Non Repudiation'*) ;;
    *) bad "$5 is by a certificate that may not sign evidence"; return 1 ;;
  esac
  if [ ! -s "$s_list" ]; then
    gap signer-path "$5: you brought no CA certificate for $2"
    return 1
  fi
  if ! openssl verify -CAfile "$s_list" -untrusted "$tmp/certificates.pem" -partial_chain -purpose any \
    -attime "${6:-$at}" "$tmp/signer.pem" >"$tmp/said" 2>&1 </dev/null; then
    case $(cat "$tmp/said") in
      *'unable to get'* | *'self-signed'* | *'self signed'*) gap signer-path "$5 leads to none of your anchors for $2" ;;
      *'has expired'* | *'not yet valid'*)
        gap signer-path "$5: the certificate is not valid at the instant for which it is judged"
        ;;
      *) bad "$5 is by a certificate that your anchors for $2 did not issue" ;;
    esac
    return 1
  fi
  not_revoked "$tmp/signer.pem" "${6:-}" "$5" "$s_list"
}

# not_revoked CERTIFICATE INSTANT WHAT ANCHORS: what the lists of its issuer say; a list counts if an anchor signed it
not_revoked() {
  r_serial=$(openssl x509 -in "$1" -noout -serial)
  r_serial=${r_serial#serial=}
  r_issuer=$(openssl x509 -in "$1" -noout -issuer -nameopt RFC2253)
  cat "$4" "$tmp/certificates.pem" >"$tmp/issuers.pem"
  r_current=
  r_earliest=
  for r_list in "$tmp"/crls/*.pem; do
    [ -f "$r_list" ] || continue
    [ "$(openssl crl -in "$r_list" -noout -issuer -nameopt RFC2253)" = "$r_issuer" ] || continue
    case $(openssl crl -in "$r_list" -noout -CAfile "$tmp/issuers.pem" 2>&1) in *'verify OK'*) ;; *) continue ;; esac
    openssl crl -in "$r_list" -noout -text >"$tmp/crl.txt" 2>/dev/null
    r_found=
    r_part=
    while IFS= read -r r_line; do
      case $r_line in
        *"Serial Number: $r_serial") r_found=1 ;;
        *'Serial Number: '*) r_found= ;;
        *'Revocation Date: '*)
          if [ -n "$r_found" ]; then
            r_when=$(date -d "${r_line#*Revocation Date: }" +%s) || r_when=0
            if [ -z "$r_earliest" ] || [ "$r_when" -lt "$r_earliest" ]; then r_earliest=$r_when; fi
          fi
          ;;
        *'Only '*' Certificates'* | *'Only Some Reasons'* | *'Indirect CRL'* | *'Delta CRL Indicator'*) r_part=1 ;;
        *'Next Update: '*)
          r_when=$(date -d "${r_line#*Next Update: }" +%s 2>/dev/null) || r_when=0
          [ "$r_when" -ge "$at" ] || r_part=1
          ;;
      esac
    done <"$tmp/crl.txt"
    [ -n "$r_part" ] || r_current=1
  done
  if [ -n "$r_earliest" ] && [ -z "$2" ]; then
    gap revocation "$3: the certificate is revoked, and no trusted time says that it was not when it signed"
    return 1
  elif [ -n "$r_earliest" ] && [ "$2" -ge "$r_earliest" ]; then
    bad "$3: the certificate was revoked before the proven time of the signature"
    return 1
  elif [ -z "$r_earliest" ] && [ -z "$r_current" ]; then
    gap revocation "$3: no revocation list that is in force says that the certificate is not revoked"
  fi
  return 0
}

# stamped FILE TOKEN WHAT: a time-stamp token over a file; sets $time to its instant, in seconds
stamped() {
  time=
  if [ ! -s "$tmp/tsa.pem" ]; then
    gap time-stamp "$3: you brought no certificate of a time-stamping authority"
    return 1
  fi
  if ! openssl ts -verify -data "$1" -in "$2" -token_in -CAfile "$tmp/tsa.pem" -untrusted "$tmp/certificates.pem" \
    -partial_chain -attime "$at" >"$tmp/said" 2>&1 </dev/null; then
    case $(cat "$tmp/said") in
      *'unable to get'* | *'self-signed'* | *'self signed'*) gap time-stamp "$3 is by none of your time-stamping authorities" ;;
      *'certificate has expired'* | *'not yet valid'*) gap time-stamp "$3: the certificate of the time-stamping authority is not valid at the instant" ;;
      *) bad "$3 does not hold: it is over something else, or was changed" ;;
    esac
    return 1
  fi
  openssl ts -reply -token_in -in "$2" -token_out -text 2>/dev/null >"$tmp/token.txt" </dev/null ||
    openssl ts -reply -token_in -in "$2" -text 2>/dev/null >"$tmp/token.txt" </dev/null
  while IFS= read -r t_line; do
    case $t_line in 'Time stamp: '*) time=$(date -d "${t_line#Time stamp: }" +%s) ;; esac
  done <"$tmp/token.txt"
  [ -n "$time" ]
}

# ---- ledgers

# vkey FILE-OF-A-KEY: turns a C2SP verifier key on one line into a public key for openssl; its name, type and hash are set
vkey() {
  key_name=${1%%+*}
  k_rest=${1#*+}
  key_hash=${k_rest%%+*}
  k_typed=$(printf '%s' "${k_rest#*+}" | base64 -d 2>/dev/null | hex)
  [ ${#k_typed} -eq 66 ] || return 1
  key_type=$(printf '%.2s' "$k_typed")
  key_raw=${k_typed#??}
  k_said=$({ printf '%s\n' "$key_name"; unhex "$k_typed"; } | sha256sum | cut -c 1-8)
  [ "$k_said" = "$key_hash" ]
}
# keep_key VKEY FOLDER: makes FOLDER/<name with _ for />.<hash> = public key
keep_key() {
  vkey "$1" || return 1
  plain "$key_name" || return 1
  mkdir -p "$2"
  k_stem=$2/$(printf '%s' "$key_name" | tr / _).$key_hash
  unhex "302a300506032b6570032100$key_raw" >"$k_stem.der"
  printf '%s %s %s\n' "$key_name" "$key_hash" "$key_type" >"$k_stem.name"
}

# note FILE: takes a signed note apart into $tmp/text and its lines of signatures
split_note() {
  : >"$tmp/text"
  : >"$tmp/lines"
  n_in_text=1
  n_blank=
  while IFS= read -r n_line; do
    if [ -n "$n_in_text" ]; then
      case $n_line in
        '') n_blank=1; n_in_text= ;;
        *) printf '%s\n' "$n_line" >>"$tmp/text" ;;
      esac
    else
      case $n_line in
        '— '*' '*) printf '%s\n' "${n_line#— }" >>"$tmp/lines" ;;
        *) return 1 ;;
      esac
    fi
  done <"$1"
  [ -n "$n_blank" ] && [ -s "$tmp/lines" ]
}
# signature NAME HASH: decodes the signature of that key to $tmp/signature; its octets before it to $prefix_hex
line_of() {
  while IFS=' ' read -r l_who l_what; do
    [ "$l_who" = "$1" ] || continue
    octets=$(printf '%s' "$l_what" | base64 -d 2>/dev/null | hex)
    [ "${octets#"$2"}" != "$octets" ] && { octets=${octets#"$2"}; return 0; }
  done <"$tmp/lines"
  return 1
}

# checkpoint FILE GATEWAY WHAT CHECK: a checkpoint of the gateway's ledger, signed by its key; sets $origin $size $root.
checkpoint() {
  split_note "$1" || { bad "$3 is no signed note"; return 1; }
  { IFS= read -r origin && IFS= read -r size && IFS= read -r c_root64; } <"$tmp/text" || { bad "$3 is no checkpoint"; return 1; }
  case $origin in
    "$2"/receipts/*) ;;
    *) bad "$3 is no checkpoint of $2"; return 1 ;;
  esac
  is_number "$size" || { bad "$3 is no checkpoint"; return 1; }
  root=$(printf '%s' "$c_root64" | base64 -d 2>/dev/null | hex)
  [ ${#root} -eq 64 ] || { bad "$3 is no checkpoint"; return 1; }
  printf '%s\n%s\n%s\n' "$origin" "$size" "$c_root64" >"$tmp/again"
  [ "$(sha "$tmp/again")" = "$(sha "$tmp/text")" ] || { bad "$3 is no checkpoint"; return 1; }
  c_seen=$tmp/notes/$(sha "$1")
  if [ ! -f "$c_seen" ]; then
    c_any=
    c_good=
    c_folder=$tmp/keys/$2
    [ ! -d "$tmp/pinned/$2" ] || c_folder=$tmp/pinned/$2
    for c_key in "$c_folder"/*.der; do
      [ -f "$c_key" ] || continue
      IFS=' ' read -r c_name c_hash c_type <"${c_key%.der}.name"
      [ "$c_type $c_name" = "01 $origin" ] || continue
      c_any=1
      if line_of "$c_name" "$c_hash"; then
        unhex "$octets" >"$tmp/signature"
        openssl pkeyutl -verify -pubin -inkey "$c_key" -keyform DER -rawin -in "$tmp/text" -sigfile "$tmp/signature" \
          >/dev/null 2>&1 </dev/null && c_good=1
      fi
    done
    if [ -z "$c_any" ]; then
      gap "$4" "$3 cannot be judged: no card and no pinned key gives the key of ledger $origin"
      return 1
    elif [ -z "$c_good" ]; then
      bad "$3 is not signed by the ledger key of $2"
      return 1
    fi
    printf '%s %s %s\n' "$origin" "$size" "$root" >>"$tmp/roots"
    : >"$c_seen"
  fi
  return 0
}

# hashes of proofs come as base64 lines
hash64() { printf '%s' "$1" | base64 -d 2>/dev/null | hex; }
node() {
  unhex "01$1$2" | sha256sum | cut -c 1-64
}

# included LEAF-HASH INDEX SIZE ROOT FILE-OF-HASHES (RFC 9162, 2.1.3.2)
included() {
  i_fn=$2
  i_sn=$(($3 - 1))
  [ "$i_fn" -le "$i_sn" ] || return 1
  i_r=$1
  while IFS= read -r i_line; do
    i_p=$(hash64 "$i_line")
    [ ${#i_p} -eq 64 ] && [ "$i_sn" -ne 0 ] || return 1
    if [ $((i_fn & 1)) -eq 1 ] || [ "$i_fn" -eq "$i_sn" ]; then
      i_r=$(node "$i_p" "$i_r")
      while [ $((i_fn & 1)) -eq 0 ] && [ "$i_fn" -ne 0 ]; do
        i_fn=$((i_fn >> 1))
        i_sn=$((i_sn >> 1))
      done
    else
      i_r=$(node "$i_r" "$i_p")
    fi
    i_fn=$((i_fn >> 1))
    i_sn=$((i_sn >> 1))
  done <"$5"
  [ "$i_sn" -eq 0 ] && [ "$i_r" = "$4" ]
}

# consistent FROM FROM-ROOT TO TO-ROOT FILE-OF-HASHES (RFC 9162, 2.1.4.2)
consistent() {
  i_fn=$(($1 - 1))
  i_sn=$(($3 - 1))
  i_whole=
  [ $(($1 & ($1 - 1))) -ne 0 ] || i_whole=1
  while [ $((i_fn & 1)) -eq 1 ]; do
    i_fn=$((i_fn >> 1))
    i_sn=$((i_sn >> 1))
  done
  i_fr=
  [ -z "$i_whole" ] || i_fr=$2
  i_sr=$i_fr
  while IFS= read -r i_line; do
    i_c=$(hash64 "$i_line")
    [ ${#i_c} -eq 64 ] || return 1
    if [ -z "$i_fr" ]; then
      i_fr=$i_c
      i_sr=$i_c
      continue
    fi
    [ "$i_sn" -ne 0 ] || return 1
    if [ $((i_fn & 1)) -eq 1 ] || [ "$i_fn" -eq "$i_sn" ]; then
      i_fr=$(node "$i_c" "$i_fr")
      i_sr=$(node "$i_c" "$i_sr")
      while [ $((i_fn & 1)) -eq 0 ] && [ "$i_fn" -ne 0 ]; do
        i_fn=$((i_fn >> 1))
        i_sn=$((i_sn >> 1))
      done
    else
      i_sr=$(node "$i_sr" "$i_c")
    fi
    i_fn=$((i_fn >> 1))
    i_sn=$((i_sn >> 1))
  done <"$5"
  [ "$i_sn" -eq 0 ] && [ "$i_fr" = "$2" ] && [ "$i_sr" = "$4" ]
}

# proof FILE GATEWAY LEAF-FILE WHAT: an inclusion proof for the leaf; sets $index and the checkpoint's $origin $size $root
proof() {
  : >"$tmp/path"
  : >"$tmp/proof.note"
  p_part=magic
  index=
  while IFS= read -r p_line; do
    case $p_part in
      magic) [ "$p_line" = 'c2sp.org/tlog-proof@v1' ] || break; p_part=index ;;
      index) index=${p_line#index }; p_part=path ;;
      path) if [ -z "$p_line" ]; then p_part=note; else printf '%s\n' "$p_line" >>"$tmp/path"; fi ;;
      note) printf '%s\n' "$p_line" >>"$tmp/proof.note" ;;
    esac
  done <"$1"
  if [ "$p_part" != note ] || ! is_number "$index"; then
    bad "the proof for $4 is no such proof"
    return 1
  fi
  checkpoint "$tmp/proof.note" "$2" "the checkpoint of the proof for $4" inclusion || return 1
  p_leaf=$({ printf '\000'; cat "$3"; } | sha256sum | cut -c 1-64)
  included "$p_leaf" "$index" "$size" "$root" "$tmp/path" && return 0
  bad "the proof for $4 does not hold: it is for another entry, or was changed"
  return 1
}

# ---- 1: the files

printf '%s\n' 'Embassage evidence bundle, checked with a shell, coreutils, unzip and openssl'
if [ -f "$bundle" ]; then
  work=$tmp/bundle
  unpack "$bundle" "$work" || stop 'the file is no plain ZIP with plain names, or is damaged'
elif [ -f "$bundle/bundle.txt" ]; then
  work=$bundle
else
  printf '%s\n' "there is no bundle: $bundle" >&2
  exit 5
fi
cd "$work" || exit 1

# every file of the folder, one path a line; a link counts as damage
files_of() {
  for f_entry in "$1"* "$1".[!.]* "$1"..?*; do
    if [ -L "$f_entry" ]; then
      stop "$f_entry is a link"
    elif [ -d "$f_entry" ]; then
      files_of "$f_entry/"
    elif [ -e "$f_entry" ]; then
      printf '%s\n' "$f_entry" >>"$tmp/there"
    fi
  done
}
: >"$tmp/there"
files_of ''

heading '1. Files: each is the one that bundle.txt lists'
[ -s bundle.txt ] || stop 'bundle.txt is missing'
exporter=
: >"$tmp/listed"
: >"$tmp/sums"
: >"$tmp/exchanges"
while IFS=' ' read -r word first second; do
  case $word in
    exporter) exporter=$first ;;
    exported | asked) printf '  %s\n' "$word $first $second" | tr -dc ' -~\n' ;;
    exchange) printf '%s %s\n' "$first" "$second" >>"$tmp/exchanges" ;;
    file)
      plain "$second" || stop 'bundle.txt lists a file with a strange name'
      case $second in
        VERIFY.md | verify.sh | receipts/*.asice | proofs/*.tlog-proof | cards/*.card.xml) ;;
        cards/*.card.xml.p7s | agreements/*.xml | agreements/*.xml.???.p7s | certificates/*.pem | crls/*.pem) ;;
        notes/*/*.note | answers/*/*.note | answers/*/*.opening | consistency/*.txt | extracts/*.signature | extracts/*.tst) ;;
        anchors/*.tst | messages/*.p7m) ;;
        *) bad "no file of a bundle lies at $second: it was added" ;;
      esac
      printf '%s\n' "$second" >>"$tmp/listed"
      printf '%s  %s\n' "$first" "$second" >>"$tmp/sums"
      ;;
    end) last=$first ;;
    embassage-bundle/v1) ;;
    *) stop 'bundle.txt has a line that no index has' ;;
  esac
done <bundle.txt
case $exporter in [A-Z][A-Z][A-Z]-*) plain "$exporter" || stop 'bundle.txt names no exporter' ;; *) stop 'bundle.txt names no exporter' ;; esac
[ "$(head -n -1 bundle.txt | sha256sum | cut -c 1-64)" = "${last:-}" ] || bad 'bundle.txt was changed: its last line does not fit the others'
if sha256sum --strict --check --quiet "$tmp/sums" >"$tmp/said" 2>/dev/null; then
  fine "$(wc -l <"$tmp/listed") files have the SHA-256 that bundle.txt says"
else
  while IFS= read -r line; do
    bad "${line%%: *} is not the file that was exported, or is missing"
  done <"$tmp/said"
  [ -n "$failed" ] || bad 'a file is not the one that was exported'
fi
[ -z "$(sort "$tmp/listed" | uniq -d)" ] || bad 'bundle.txt lists a file twice'
{ printf '%s\n' bundle.txt; [ ! -f bundle.txt.p7s ] || printf '%s\n' bundle.txt.p7s; } >>"$tmp/listed"
sort -u "$tmp/listed" "$tmp/there" >"$tmp/all"
sort -u "$tmp/listed" >"$tmp/sorted"
while IFS= read -r name; do
  [ -n "$name" ] || continue
  bad "$(printf '%s' "$name" | tr -dc '!-~') is not listed in bundle.txt: it was added"
done <<END
$(sort "$tmp/all" "$tmp/sorted" | uniq -u)
END
[ -z "$failed" ] || finish

# certificates of the bundle help to build a chain and are not believed; lists must be signed by an authority anyway
for file in certificates/*.pem; do
  [ ! -f "$file" ] || openssl x509 -in "$file" >>"$tmp/certificates.pem" 2>/dev/null
done
for file in crls/*.pem "$trust"/*.crl; do
  add_crl "$file"
done
: >"$tmp/tsa.pem"
for file in "$trust"/time-stamping/*.pem; do
  [ ! -f "$file" ] || openssl x509 -in "$file" >>"$tmp/tsa.pem" 2>/dev/null
done
for file in "$trust"/*.vkey; do
  [ -f "$file" ] || continue
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      *+*+*) keep_key "$line" "$tmp/pinned/$(printf '%s' "${line%%/*}" | tr -dc 'A-Z0-9-')" ;;
    esac
  done <"$file"
done

heading "2. Exporter: bundle.txt is signed by gateway $exporter"
if [ -f bundle.txt.p7s ]; then
  signed_by "urn:embassage:gateway:$exporter" "$(country "$exporter")" bundle.txt.p7s bundle.txt 'the signature of bundle.txt' &&
    fine 'the signature holds: this gateway put these files together'
else
  gap exporter 'bundle.txt is not signed: who exported it, and for which question, is only said'
fi

heading '3. Peer cards: which keys a gateway uses, signed by the party key of its country'
: >"$tmp/cards"
for file in cards/*.card.xml; do
  [ -f "$file" ] || { gap card 'the bundle holds no peer card'; break; }
  gateway=${file#cards/}
  gateway=${gateway%%.*}
  case $(cat "$file") in
    *"gateway=\"$gateway\""*) ;;
    *) bad "$file is not the card of $gateway"; continue ;;
  esac
  if signed_by "urn:embassage:party:$(country "$gateway")" "$(country "$gateway")" "$file.p7s" "$file" "$file"; then
    fine "$file"
    printf '%s %s\n' "$gateway" "$file" >>"$tmp/cards"
    keep_key "$(value LedgerKey "$file" | tr -d ' \t\r\n')" "$tmp/keys/$gateway" || gap card "$file holds no key of a ledger"
    witness=$(value WitnessKey "$file" | tr -d ' \t\r\n')
    [ -z "$witness" ] || keep_key "$witness" "$tmp/witnesses/$gateway" || bad "$file holds a key of a witness that is none"
  fi
done

heading '4. Agreements: each party that an agreement names signed exactly its bytes'
: >"$tmp/agreements"
for file in agreements/*.xml; do
  [ -f "$file" ] || continue
  text=$(cat "$file")
  parties=0
  codes=' '
  whole=1
  while :; do
    case $text in *'<Party '*) ;; *) break ;; esac
    text=${text#*'<Party '}
    party=${text%%'>'*}
    code=${party#*code=\"}
    code=${code%%\"*}
    ca=${party#*ca=\"}
    ca=${ca%%\"*}
    case $code in [A-Z][A-Z][A-Z]) ;; *) bad "$file names a party without a country"; whole=; break ;; esac
    parties=$((parties + 1))
    codes="$codes$code "
    : >"$tmp/ca.pem"
    one=
    while IFS= read -r line; do
      one="$one$line
"
      case $line in
        '-----END CERTIFICATE-----')
          digest=$(printf '%s' "$one" | openssl x509 -outform DER 2>/dev/null | sha256sum | cut -c 1-64)
          [ "$digest" != "${ca#sha256:}" ] || printf '%s' "$one" >>"$tmp/ca.pem"
          one=
          ;;
      esac
    done <"$(anchors "$code")"
    if [ ! -s "$tmp/ca.pem" ]; then
      gap signer-path "$file names an authority for $code that is none of your anchors"
      whole=
    elif [ ! -f "$file.$code.p7s" ]; then
      bad "$file: the signature of $code is missing"
      whole=
    else
      signed_by "urn:embassage:party:$code" "$code" "$file.$code.p7s" "$file" "$file as signed by $code" '' "$tmp/ca.pem" || whole=
    fi
  done
  for name in "$file".*.p7s; do
    [ -f "$name" ] || continue
    code=${name#"$file."}
    case $codes in *" ${code%.p7s} "*) ;; *) bad "$name is the signature of somebody whom the agreement does not name"; whole= ;; esac
  done
  if [ -n "$whole" ] && [ "$parties" -ge 2 ]; then
    fine "$file, by all $parties parties"
    printf '%s\n' "$(sha "$file")" >>"$tmp/agreements"
  elif [ -n "$whole" ]; then
    bad "$file names fewer than two parties"
  fi
done

heading '5. Receipts: signature, content, time-stamp, signer, place in the ledger'
: >"$tmp/roots"
: >"$tmp/facts"
: >"$tmp/digests.all"
: >"$tmp/covers"
: >"$tmp/unstamped"
for file in receipts/*.asice; do
  [ -f "$file" ] || { gap complete 'the bundle holds no receipt'; break; }
  count=$((count + 1))
  [ $((count % 50)) -ne 0 ] || printf '%s\n' "... $count receipts" >&2
  id=${file#receipts/}
  id=${id%.asice}
  to=$tmp/receipts/$id
  if ! unpack "$file" "$to"; then
    bad "$file is no container"
    continue
  fi
  for name in mimetype evidence.xml checkpoints/own.txt META-INF/ASiCManifest001.xml META-INF/signature001.p7s; do
    [ -f "$to/$name" ] || { bad "$name of receipt $id is missing"; continue 2; }
  done
  while IFS= read -r name; do
    case $name in
      mimetype | evidence.xml | checkpoints/own.txt | checkpoints/peer.txt | META-INF/ASiCManifest001.xml) ;;
      META-INF/signature001.p7s | META-INF/receipt.tlog-proof) ;;
      META-INF/ASiCArchiveManifest[0-9][0-9][0-9].xml | META-INF/timestamp[0-9][0-9][0-9].tst) ;;
      *) bad "$name in receipt $id was added: nobody signed it"; continue 2 ;;
    esac
  done <"$to.names"
  xml=$to/evidence.xml
  event=$(value ERDSEventId "$xml")
  said=${event##*[/:]}
  issuer=$(value Gateway "$xml")
  sender=$(value SenderDetails "$xml")
  recipient=$(value RecipientDetails "$xml")
  exchange=$(value MessageIdentifier "$xml")
  what="receipt $id ($said)"
  for name in "$said" "$issuer" "$sender" "${recipient:-none}" "${exchange:-none}"; do
    plain "$name" || { bad "evidence.xml of receipt $id was changed"; continue 2; }
  done
  if [ "$(value EvidenceIdentifier "$xml")" != "$id" ]; then
    bad "$file holds another receipt than its name says"
    continue
  fi

  # the signature is over the manifest, and the manifest lists exactly the files that are signed
  {
    printf '%s\n' '<?xml version="1.0" encoding="UTF-8"?>' \
      '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">' \
      '  <asic:SigReference URI="META-INF/signature001.p7s" MimeType="application/pkcs7-signature"/>'
    for name in evidence.xml checkpoints/own.txt checkpoints/peer.txt; do
      [ -f "$to/$name" ] || continue
      case $name in *.xml) type=application/xml ;; *) type=text/plain ;; esac
      printf '%s\n' "  <asic:DataObjectReference URI=\"$name\" MimeType=\"$type\">" \
        '    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>' \
        "    <ds:DigestValue>$(openssl dgst -sha256 -binary "$to/$name" | base64)</ds:DigestValue>" \
        '  </asic:DataObjectReference>'
    done
    printf '%s\n' '</asic:ASiCManifest>'
  } >"$tmp/manifest"
  if [ "$(sha "$tmp/manifest")" != "$(sha "$to/META-INF/ASiCManifest001.xml")" ]; then
    bad "$what was changed after signing: its manifest is not about these files"
    continue
  fi

  # the value of the signature and the token lie in extracts/, and are those of the receipt
  p7s=$to/META-INF/signature001.p7s
  : >"$tmp/value.bin"
  : >"$tmp/token.bin"
  values=0
  tokens=0
  algorithm=
  attribute=
  openssl asn1parse -inform DER -in "$p7s" >"$tmp/asn1" 2>/dev/null || { bad "the signature of $what is damaged"; continue; }
  while IFS= read -r line; do
    offset=${line%%:*}
    offset=${offset##* }
    depth=${line#*:d=}
    depth=${depth%% *}
    header=${line#*hl=}
    header=${header%% *}
    length=${line#* l=}
    length=${length%%[!0-9 ]*}
    length=$(printf '%s' "$length" | tr -d ' ')
    case $depth:$line in
      6:*OBJECT*:ecdsa-with-SHA256) algorithm=1 ;;
      5:*'prim: OCTET STRING'*)
        values=$((values + 1))
        tail -c +$((offset + header + 1)) "$p7s" | head -c "$length" >"$tmp/value.bin"
        ;;
      7:*OBJECT*) case $line in *:id-smime-aa-timeStampToken) attribute=1 ;; *) attribute= ;; esac ;;
      8:*'cons: SEQUENCE'*)
        if [ -n "$attribute" ]; then
          tokens=$((tokens + 1))
          tail -c +$((offset + 1)) "$p7s" | head -c $((header + length)) >"$tmp/token.bin"
        fi
        ;;
    esac
  done <"$tmp/asn1"
  if [ "$values" -ne 1 ] || [ -z "$algorithm" ] || [ "$tokens" -gt 1 ]; then
    bad "the signature of $what is not of the kind that gateways make"
    continue
  fi
  if [ ! -f "extracts/$id.signature" ] || [ "$(sha "extracts/$id.signature")" != "$(sha "$tmp/value.bin")" ]; then
    bad "extracts/$id.signature is missing, or is not what lies in $what"
    continue
  fi
  instant=
  if [ "$tokens" -eq 1 ]; then
    if [ ! -f "extracts/$id.tst" ] || [ "$(sha "extracts/$id.tst")" != "$(sha "$tmp/token.bin")" ]; then
      bad "extracts/$id.tst is missing, or is not what lies in $what"
      continue
    fi
    stamped "extracts/$id.signature" "extracts/$id.tst" "the time-stamp of $what" && instant=$time
  elif [ -f "extracts/$id.tst" ]; then
    bad "extracts/$id.tst is not what lies in $what"
    continue
  fi

  signed_by "urn:embassage:gateway:$issuer" "$(country "$issuer")" "$p7s" "$to/META-INF/ASiCManifest001.xml" "$what" "$instant" || continue
  openssl x509 -in "$tmp/signer.pem" -outform DER >"$tmp/signer.der"
  if [ "$(value CertificateDigest "$xml")" != "$(sha "$tmp/signer.der")" ]; then
    bad "$what names another certificate than the one that signed it"
    continue
  fi
  card=
  any=
  while IFS=' ' read -r gateway name; do
    [ "$gateway" = "$issuer" ] || continue
    any=1
    case $(tr -d ' \t\r\n' <"$name") in *">$(base64 -w 0 "$tmp/signer.der")</SealCertificate>"*) card=1 ;; esac
  done <"$tmp/cards"
  if [ -z "$any" ]; then
    gap signer-gateway "$what: the bundle holds no card of $issuer"
  elif [ -z "$card" ]; then
    bad "$what is signed with a certificate that no card of $issuer lists"
    continue
  fi
  digest=$(value AgreementDigest "$xml")
  if [ -n "$digest" ]; then
    case "
$(cat "$tmp/agreements")
" in
      *"
$digest
"*) ;;
      *)
        name="agreements/$(value AgreementID "$xml").v$(value AgreementVersion "$xml").xml"
        if plain "$name" && [ -f "$name" ] && [ "$(sha "$name")" != "$digest" ]; then
          bad "$what names another agreement than $name"
          continue
        fi
        gap agreement "$what: the agreement that it names is not here with all signatures"
        ;;
    esac
  fi

  # the checkpoints that it carries, and its place in its issuer's ledger
  checkpoint "$to/checkpoints/own.txt" "$issuer" "checkpoints/own.txt of $what" predates || continue
  own=$size
  other=$sender
  [ "$issuer" != "$sender" ] || other=${recipient:-$sender}
  if [ -f "$to/checkpoints/peer.txt" ]; then
    checkpoint "$to/checkpoints/peer.txt" "$other" "checkpoints/peer.txt of $what" predates || continue
  fi
  printf '%s\n' embassage-leaf/v1 evidence issued "$id" "$event" "${exchange:--}" \
    "$(sha "$to/META-INF/ASiCManifest001.xml")" "$(sha "$tmp/value.bin")" >"$to.leaf"
  place=
  if [ ! -f "$to/META-INF/receipt.tlog-proof" ]; then
    gap inclusion "$what has no proof that it is in the ledger of $issuer"
  elif proof "$to/META-INF/receipt.tlog-proof" "$issuer" "$to.leaf" "$what"; then
    place="; entry $index of $origin"
    cp "$tmp/proof.note" "$to.note"
    if [ "$own" -gt "$index" ]; then
      bad "$what carries a checkpoint that would already hold it"
      continue
    fi
    printf '%s %s %s %s\n' "$origin" "$size" "$id" "$said" >>"$tmp/covers"
  else
    continue
  fi
  value MessageDigests "$xml" >"$tmp/digests"
  for name in OuterDigest InnerDigest ManifestDigest; do
    digest=$(value "$name" "$tmp/digests")
    [ -z "$digest" ] || printf '%s %s %s\n' "${exchange:--}" "$name" "$digest" >>"$tmp/digests.all"
  done
  printf '%s %s %s %s %s %s %s\n' "${exchange:--}" "$said" "$(value OuterDigest "$tmp/digests")" "$sender" "${recipient:--}" \
    "$(value SequenceNumber "$xml")" "$id" >>"$tmp/facts"
  fine "$what by $issuer${instant:+; time-stamped $(date -d "@$instant" +%Y-%m-%dT%H:%M:%SZ)}$place"
  [ -n "$instant" ] || printf '%s %s\n' "$id" "$said" >>"$tmp/unstamped"
done

heading '6. Copies: a peer has the receipt in its own ledger as well'
any=
for file in proofs/*.tlog-proof; do
  [ -f "$file" ] || continue
  any=1
  name=${file#proofs/}
  id=${name%%.*}
  holder=${name#*.}
  holder=${holder%.tlog-proof}
  if [ ! -f "$tmp/receipts/$id.leaf" ]; then
    gap inclusion "$file is about a receipt that is not here, or not whole"
    continue
  fi
  while IFS= read -r line; do
    [ "$line" != issued ] || line=received
    printf '%s\n' "$line"
  done <"$tmp/receipts/$id.leaf" >"$tmp/received"
  proof "$file" "$holder" "$tmp/received" "receipt $id as received by $holder" &&
    fine "receipt $id is entry $index of $origin as received"
done
[ -n "$any" ] || fine 'none in this bundle'

heading '7. Exchanges: all receipts are about one message, and lead to an outcome'
sort -u "$tmp/digests.all" >"$tmp/digests.sorted"
before=
before_value=
while IFS=' ' read -r exchange name digest; do
  if [ "$exchange" != - ] && [ "$before" = "$exchange $name" ] && [ "$digest" != "$before_value" ]; then
    bad "the receipts of exchange $exchange name different messages ($name)"
  fi
  before="$exchange $name"
  before_value=$digest
done <"$tmp/digests.sorted"
# both ONE OTHER: whether the events of the exchange have the two
both() {
  case $events in *" $1 "*) ;; *) return 1 ;; esac
  case $events in *" $2 "*) return 0 ;; *) return 1 ;; esac
}
# a message that could not be opened is known by its outer digest alone
while IFS=' ' read -r exchange outer; do
  events=' '
  superseded=
  while IFS=' ' read -r one said digest _; do
    if [ "$one" = "$exchange" ]; then
      [ "${digest:-$outer}" = "$outer" ] || bad "a receipt of exchange $exchange is about another message than bundle.txt says"
      case $events in *" $said "*) case $said in QuarantineDecision | ContentErasure) ;; *) bad "exchange $exchange has two receipts that say $said" ;; esac ;; esac
      events="$events$said "
    elif [ "$one" = - ] && [ "$digest" = "$outer" ]; then
      events="$events$said "
    fi
  done <"$tmp/facts"
  if both RelayAcceptance RelayRejection || both ContentHandover ContentHandoverFailure ||
    both ContentHandover RelayRejection || both ContentHandoverFailure RelayRejection; then
    bad "exchange $exchange has receipts that contradict each other:$events"
  fi
  for to in "$tmp"/receipts/*/evidence.xml; do
    [ ! -f "$to" ] || [ "$(value MessageIdentifier "$to")" != "$exchange" ] || [ -z "$(value Supersedes "$to")" ] || superseded=1
  done
  whole=
  if both SubmissionAcceptance RelayRejection || both SubmissionAcceptance RelayFailure; then
    whole=1
  elif both SubmissionAcceptance RelayAcceptance; then
    if both RelayAcceptance ContentHandover || both RelayAcceptance ContentHandoverFailure; then whole=1; fi
  fi
  if [ -n "$whole" ]; then
    fine "exchange $exchange:$events"
  elif [ -n "$superseded" ]; then
    fine "exchange $exchange supersedes another, whose receipts answer for it:$events"
  else
    gap complete "exchange $exchange has only:$events"
  fi
  if [ -f "messages/$exchange.p7m" ]; then
    if [ "$(sha "messages/$exchange.p7m")" = "$outer" ]; then fine "messages/$exchange.p7m is the message that travelled"; else bad "messages/$exchange.p7m is another message"; fi
  fi
done <"$tmp/exchanges"

heading '8. Ledgers: no ledger shows two histories'
for file in notes/*/*.note; do
  [ -f "$file" ] || continue
  name=${file##*/}
  checkpoint "$file" "${name%%.*}" "$file" ledgers || continue
  printf '%s\n' "$origin $size $root" >>"$tmp/noted"
done
sort -u "$tmp/roots" >"$tmp/roots.sorted"
before=
while IFS=' ' read -r origin size root; do
  [ "$before" != "$origin $size" ] || bad "ledger $origin shows two histories of size $size, both signed with its key"
  before="$origin $size"
done <"$tmp/roots.sorted"
: >"$tmp/edges"
for file in consistency/*.txt; do
  [ -f "$file" ] || continue
  : >"$tmp/path"
  number=0
  origin=
  from=
  to=
  while IFS= read -r line; do
    number=$((number + 1))
    case $number in
      1) [ "$line" = embassage-consistency/v1 ] || break ;;
      2) origin=${line#origin } ;;
      3) from=${line#from } ;;
      4) to=${line#to } ;;
      *) printf '%s\n' "$line" >>"$tmp/path" ;;
    esac
  done <"$file"
  if ! { is_number "$from" && is_number "$to" && [ "$from" -gt 0 ] && [ "$to" -gt "$from" ]; }; then
    bad "$file is no consistency proof"
    continue
  fi
  from_root=
  to_root=
  while IFS=' ' read -r one size root; do
    [ "$one" = "$origin" ] || continue
    [ "$size" != "$from" ] || from_root=$root
    [ "$size" != "$to" ] || to_root=$root
  done <"$tmp/roots.sorted"
  if [ -z "$from_root" ] || [ -z "$to_root" ]; then
    gap ledgers "$file joins checkpoints of which the bundle does not hold both"
  elif consistent "$from" "$from_root" "$to" "$to_root" "$tmp/path"; then
    fine "$origin: the ledger of size $to continues the one of size $from"
    printf '%s %s %s\n' "$origin" "$from" "$to" >>"$tmp/edges"
  else
    bad "$file does not hold: it was changed, or ledger $origin was rewritten between size $from and size $to"
  fi
done
# reaches ORIGIN FROM TO: whether proofs lead from one size to the other
reaches() {
  h_reached=" $3 "
  h_grown=1
  while [ -n "$h_grown" ]; do
    h_grown=
    case $h_reached in *" $2 "*) return 0 ;; esac
    while IFS=' ' read -r h_one h_from h_to; do
      [ "$h_one" = "$1" ] || continue
      case $h_reached in *" $h_to "*) case $h_reached in *" $h_from "*) ;; *) h_reached="$h_reached$h_from "; h_grown=1 ;; esac ;; esac
    done <"$tmp/edges"
  done
  return 1
}
cut -d ' ' -f 1 "$tmp/roots.sorted" | sort -u >"$tmp/origins"
while IFS= read -r ledger; do
  greatest=0
  while IFS=' ' read -r one size root; do
    [ "$one" = "$ledger" ] && [ "$size" -gt "$greatest" ] && greatest=$size
  done <"$tmp/roots.sorted"
  missing=0
  while IFS=' ' read -r one size root; do
    case $one:$size in "$ledger":0) continue ;; "$ledger":*) ;; *) continue ;; esac
    reaches "$ledger" "$size" "$greatest" || missing=$((missing + 1))
  done <"$tmp/roots.sorted"
  if [ "$missing" -eq 0 ]; then
    fine "$ledger: every checkpoint is proven to be a beginning of the one of size $greatest"
  else
    gap continuity "$ledger: for $missing checkpoints there is no proof that size $greatest continues them"
  fi
done <"$tmp/origins"

heading '9. Witnesses: somebody else signed that he saw the ledger'
for file in "$trust"/*.vkey; do
  [ -f "$file" ] || continue
  while IFS= read -r line || [ -n "$line" ]; do
    vkey "$line" && [ "$key_type" = 04 ] && keep_key "$line" "$tmp/witnesses/pinned"
  done <"$file"
done
# witnessed NOTE GATEWAY: a cosignature (c2sp.org/tlog-cosignature) by a known witness who is not the ledger's own gateway
witnessed() {
  split_note "$1" || return 1
  for w_key in "$tmp"/witnesses/*/*.der; do
    [ -f "$w_key" ] || continue
    IFS=' ' read -r w_name w_hash w_type <"${w_key%.der}.name"
    case $w_type:$w_name in 04:"$2"/*) continue ;; 04:*) ;; *) continue ;; esac
    line_of "$w_name" "$w_hash" || continue
    w_seconds=$((0x$(printf '%.16s' "$octets")))
    { printf 'cosignature/v1\ntime %s\n' "$w_seconds"; cat "$tmp/text"; } >"$tmp/cosigned"
    unhex "${octets#????????????????}" >"$tmp/signature"
    openssl pkeyutl -verify -pubin -inkey "$w_key" -keyform DER -rawin -in "$tmp/cosigned" -sigfile "$tmp/signature" \
      >/dev/null 2>&1 </dev/null || { bad "the signature of witness $w_name on a checkpoint of $2 is not over that checkpoint"; return 1; }
    return 0
  done
  return 1
}
: >"$tmp/witnessed"
for file in notes/*/*.note "$tmp"/receipts/*.note; do
  [ -f "$file" ] || continue
  # only a note whose own signature was found good
  [ -f "$tmp/notes/$(sha "$file")" ] || continue
  split_note "$file"
  { IFS= read -r origin && IFS= read -r size; } <"$tmp/text"
  witnessed "$file" "${origin%%/*}" && printf '%s %s\n' "$origin" "$size" >>"$tmp/witnessed"
done
sort -u "$tmp/witnessed" >"$tmp/witnessed.sorted"
while IFS=' ' read -r origin size id said; do
  by=
  while IFS=' ' read -r one greater; do
    [ "$one" = "$origin" ] && [ "$greater" -ge "$size" ] && reaches "$origin" "$size" "$greater" && { by=$greater; break; }
  done <"$tmp/witnessed.sorted"
  if [ -n "$by" ]; then
    fine "receipt $id ($said) is under the witnessed checkpoint of size $by"
  else
    gap witnessed "receipt $id ($said) is under no checkpoint that a known witness signed"
  fi
done <"$tmp/covers"

heading '10. Anchors: a time-stamp over a checkpoint covers all that the ledger held by then'
: >"$tmp/anchored"
for file in anchors/*.tst; do
  [ -f "$file" ] || continue
  name=${file#anchors/}
  name=${name%.tst}
  over=notes/${name%%.*}/$name.note
  if [ ! -f "$over" ]; then
    bad "$file is about a note that is not here"
  elif stamped "$over" "$file" "$file" && split_note "$over" && { IFS= read -r origin && IFS= read -r size; } <"$tmp/text"; then
    [ -f "$tmp/notes/$(sha "$over")" ] || continue
    fine "the checkpoint of size $size of $origin was there at $(date -d "@$time" +%Y-%m-%dT%H:%M:%SZ)"
    printf '%s %s\n' "$origin" "$size" >>"$tmp/anchored"
  fi
done
while IFS=' ' read -r id said; do
  covered=
  while IFS=' ' read -r origin size one _; do
    [ "$one" = "$id" ] || continue
    while IFS=' ' read -r ledger greater; do
      [ "$ledger" = "$origin" ] && [ "$greater" -ge "$size" ] && reaches "$origin" "$size" "$greater" && covered=1
    done <"$tmp/anchored"
  done <"$tmp/covers"
  [ -n "$covered" ] || gap time-stamp "receipt $id ($said) has no time-stamp: its time is its issuer's own word"
done <"$tmp/unstamped"

finish
