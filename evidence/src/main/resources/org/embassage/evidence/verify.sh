#!/bin/sh
# Checks an evidence bundle of a gateway without any software of the project: a POSIX shell, GNU coreutils, unzip and
# openssl 3.0 or later are all it needs. It opens no connection and writes only into a temporary folder of its own.
#
#   sh verify.sh --trust DIR [--policy FILE] [--at TIME] [BUNDLE.zip | FOLDER]
#
# DIR holds what you got from the countries themselves, never from whoever gave you the bundle:
#   QVL.pem              CA certificate that may speak for country QVL only; another name may speak for any one country
#   *.crl                fresh revocation lists, if you have them
#   *.vkey               keys of ledgers and witnesses that you pin, one a line; they beat those of the peer cards
#   time-stamping/*.pem  CA certificates of time-stamping authorities, and *.crl
# FILE lets checks go that you can do without: lines such as "optional time-stamp". TIME: certificates are judged then.
# Without BUNDLE the folder in which you are is checked, if it is an unpacked bundle. A folder must not change meanwhile.
#
# Take this script, too, from the project and not from the bundle: a copy in a forged bundle may say what it likes.
#
# Ends with one line and 0 TOTAL-PASSED, 3 TOTAL-FAILED, 4 INDETERMINATE; 2 for a wrong call or another kind of file, 1 if a
# tool is missing, 5 if there is no bundle. What it does not look at it names before that line; embassage-verify looks at all of it.
#
# What it does, in this order; in brackets the numbers of the checks in docs/formats/evidence.md:
#   tools      verdicts, texts, numbers, times; ZIP (1); certificates, signatures, revocation (6, 7); time-stamps (22);
#              notes, proofs of the tree (18, 20); the form of evidence.xml (4) and the fields of each event (5)
#   1 Files    every file is listed with its digest, none is missing, none is extra (1, 2)
#   2 Exporter the index is signed by the gateway that exported (3)
#   3 Cards    each is signed by its country; from here on keys of ledgers, witnesses and seals are known (9)
#   4 Agreements  each is signed by all its parties; no anchor serves two countries (10, 11)
#   5 Receipts each is whole, signed, said by the right gateway, stamped, and in its ledger (4 to 8, 18, 19, 22, 25)
#   6 Copies   the other side has it in its ledger, too (18)
#   7 Exchanges  one message, one order, one outcome, under one agreement (12 to 17)
#   8 Ledgers  one history each: roots, answers, places of receipts, continuation (20, 21)
#   9 Witnesses (23)   10 Anchors (22)   11 Period, if it is stated (24)
#
# How it is written: a function's variables begin with a letter of its own; what it gives back is named in the comment
# above it. Names of files are used only after plain() let them through, values only in quotes, never as code.

# shellcheck disable=SC2015 # A && B || C: C shall be done if either of both is not so, and B never changes anything

set -u
LC_ALL=C
TZ=UTC
export LC_ALL TZ
# what the caller's surroundings could change about the tools
unset CDPATH ENV IFS UNZIP UNZIPOPT ZIPINFO ZIPINFOOPT OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES POSIXLY_CORRECT DATEMSK
# what the system trusts for web sites is trusted here for nothing, and need not be read a hundred times
SSL_CERT_FILE=/dev/null
SSL_CERT_DIR=/dev/null
export SSL_CERT_FILE SSL_CERT_DIR
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
    -*) usage ;;
    *) bundle=$1; shift; [ $# -eq 0 ] || [ "${1#-}" != "$1" ] || usage ;;
  esac
done
[ -d "$trust" ] || usage
[ -z "$policy" ] || [ -f "$policy" ] || usage
trust=$(cd -- "$trust" && pwd) || usage
case $policy in '' | /*) ;; *) policy=$(pwd)/$policy ;; esac
case $bundle in /* | .) ;; *) bundle=./$bundle ;; esac
for tool in unzip openssl sha256sum base64 od tr sort uniq head tail cut date mktemp cat cp rm mkdir wc; do
  command -v "$tool" >/dev/null 2>&1 || { printf '%s\n' "verify.sh needs $tool" >&2; exit 1; }
done
case $(openssl version) in
  'OpenSSL '[3-9].*) ;;
  *) printf '%s\n' 'verify.sh needs OpenSSL 3.0 or later' >&2; exit 1 ;;
esac

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 131' QUIT
trap 'exit 141' PIPE
trap 'exit 143' TERM
# unzip takes brackets in a path for a pattern
case $tmp in *[!A-Za-z0-9._/-]* | [!/]*) printf '%s\n' 'TMPDIR must have a plain name' >&2; exit 1 ;; esac
mkdir "$tmp/keys" "$tmp/crls" "$tmp/notes" "$tmp/receipts" "$tmp/anchors" "$tmp/certificates" "$tmp/signers" "$tmp/judged"

# ---- what was found

failed=
open=
let_go=

heading() { printf '\n%s\n' "$1"; }
fine() { printf '  ok    %s\n' "$1"; }
faults=0
bad() {
  faults=$((faults + 1))
  printf '  FAIL  %s\n' "$1"
  [ -n "$failed" ] || failed=$1
}
# gap CHECK SENTENCE: nothing is wrong, but something is missing
gap() {
  case $optional in
    *" $1 "*)
      printf '  let go  %s\n' "$2"
      case " $let_go " in *" $1 "*) ;; *) let_go="$let_go $1" ;; esac
      ;;
    *)
      printf '  open  %s\n' "$2"
      [ -n "$open" ] || open=$2
      ;;
  esac
}
# doubt SENTENCE: something is wrong, but may have been right when it mattered. No policy lets that go
doubt() {
  printf '  open  %s\n' "$1"
  [ -n "$open" ] || open=$1
}
# finish: the last line and the exit code
finish() {
  printf '\n%s\n' 'This script does not look at: the plain form of peer cards and agreements, revocation of authorities between an
anchor and a signer, evidence records (.ers), whether the parts of a larger export are all there.'
  if [ -s "$tmp/stampers" ]; then
    printf '\n%s\n' 'Time-stamped by; a party that stamps itself, or a development authority, proves nothing about time to a stranger:'
    sort -u "$tmp/stampers" | sed 's/^/  /'
  fi
  if [ -n "$failed" ]; then
    printf '\n%s\n' "TOTAL-FAILED: do not rely on it: $failed"
    exit 3
  elif [ -n "$open" ]; then
    printf '\n%s\n' "INDETERMINATE: nothing was found to be wrong, but not all is proven: $open"
    exit 4
  fi
  # what could not be written was not judged
  if ! head -c 1048576 /dev/zero >"$tmp/probe" || [ "$(wc -c <"$tmp/probe")" -ne 1048576 ]; then
    printf '%s\n' 'there is no room left in the folder for temporary files (TMPDIR): nothing is said' >&2
    exit 1
  fi
  printf '\n%s\n' "TOTAL-PASSED: all that was checked holds${let_go:+; not checked, as your policy allows:$let_go}"
  exit 0
}
stop() {
  bad "$1"
  finish
}

# $optional: the checks that the policy lets go, a space before and behind each; $wanted: how many witnesses
optional=' '
wanted=1
if [ -n "$policy" ]; then
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%%#*}
    # shellcheck disable=SC2086 # the words of the line are wanted; no file is named by a star, see set -f
    set -f && set -- $line && set +f
    case $# in 0) continue ;; esac
    case $*:${2:-} in
      embassage-policy/v1:) ;;
      "optional ${2:-}:"*[!a-z-]*) usage ;;
      "optional ${2:-}:"?*) optional="$optional$2 " ;;
      "witnesses ${2:-}:"[1-9] | "witnesses ${2:-}:"[1-9][0-9]) wanted=$2 ;;
      *) printf '%s\n' 'a line of the policy is not understood' >&2; exit 2 ;;
    esac
  done <"$policy"
fi

# ---- small tools

# digest_of FILE: $sum is its SHA-256
digest_of() {
  sum=$(sha256sum <"$1")
  sum=${sum%% *}
}
# same FILE OTHER: whether both have the same octets
same() {
  [ -f "$1" ] && [ -f "$2" ] || return 1
  # shellcheck disable=SC2046 # digest, name, digest, name: neither has a space or a star
  set -- $(sha256sum "$1" "$2")
  sum=${1:-}
  [ $# -eq 4 ] && [ "$1" = "$3" ]
}
# hex: octets to lower-case hexadecimal digits on one line; not more than a signature has
hex() {
  # shellcheck disable=SC2046 # digits become words
  set -- $(od -An -v -w256 -tx1)
  IFS=
  printf '%s' "$*"
  unset IFS
}
# unhex HEX: the octets of hexadecimal digits
unhex() {
  u_rest=$1
  u_octal=
  while [ -n "$u_rest" ]; do
    u_next=${u_rest#??}
    u_octet=$((0x${u_rest%"$u_next"}))
    u_octal="$u_octal\\$((u_octet >> 6))$((u_octet >> 3 & 7))$((u_octet & 7))"
    u_rest=$u_next
  done
  # shellcheck disable=SC2059 # nothing but octal numbers
  printf "$u_octal"
}
# hashes FILE: the base64 of 32 octets on each line, as hexadecimal digits; nothing but that
hashes() {
  while IFS= read -r h_line; do
    # 43 digits, of which the last has but four bits
    case $h_line in *[!A-Za-z0-9+/]*= | *[!AEIMQUYcgkosw048]= | *[!=]) return 1 ;; esac
    [ ${#h_line} -eq 44 ] || return 1
  done <"$1"
  base64 -d <"$1" | od -An -v -w32 -tx8 --endian=big | while read -r h_1 h_2 h_3 h_4; do
    printf '%s\n' "$h_1$h_2$h_3$h_4"
  done
}
is_number() {
  case $1 in '' | *[!0-9]* | 0?* | ???????????????????*) return 1 ;; esac
}
is_digest() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ ${#1} -eq 64 ]
}
is_id() {
  case $1 in *[!0-9a-f-]*) return 1 ;; ????????-????-????-????-????????????) ;; *) return 1 ;; esac
}
is_gateway() {
  case $1 in *[!A-Z0-9-]* | ?????????????????????*) return 1 ;; [A-Z][A-Z][A-Z]-?*) ;; *) return 1 ;; esac
  case $1 in ????*-*) return 1 ;; esac
}
# is_time TIME: as receipts write it; there is no year with a zero in front, which arithmetic would take for octal
is_time() {
  case $1 in *[!0-9TZ:.-]*) return 1 ;; esac
  case $1 in
    [1-9]???-0[1-9]-* | [1-9]???-1[0-2]-*) ;;
    *) return 1 ;;
  esac
  case $1 in
    ????-02-3?T* | ????-0[469]-31T* | ????-11-31T* | ????-??-00T* | ????-??-3[2-9]T*) return 1 ;;
    ????-02-29T*)
      i_year=${1%%-*}
      [ $((i_year % 4)) -eq 0 ] && { [ $((i_year % 100)) -ne 0 ] || [ $((i_year % 400)) -eq 0 ]; } || return 1
      ;;
  esac
  case $1 in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-3][0-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z) ;;
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-3][0-9]T2[0-3]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z) ;;
    *) return 1 ;;
  esac
}
# is_second TIME: the same in whole seconds
is_second() { is_time "${1%Z}.000Z"; }
# millis TIME: $millis since 1970 of a time as receipts write it (days by Fliegel and Van Flandern)
millis() {
  m_rest=${1#*-}
  m_year=${1%%-*}
  m_month=${m_rest%%-*}
  m_month=${m_month#0}
  m_rest=${m_rest#*-}
  m_day=${m_rest%%T*}
  m_day=${m_day#0}
  m_rest=${m_rest#*T}
  m_hour=${m_rest%%:*}
  m_hour=${m_hour#0}
  m_rest=${m_rest#*:}
  m_minute=${m_rest%%:*}
  m_minute=${m_minute#0}
  m_rest=${m_rest#*:}
  m_second=${m_rest%%.*}
  m_second=${m_second#0}
  m_part=${m_rest#*.}
  m_part=${m_part%Z}
  m_part=${m_part#0}
  m_part=${m_part#0}
  m_shift=$(((m_month - 14) / 12))
  m_days=$(((1461 * (m_year + 4800 + m_shift)) / 4 + (367 * (m_month - 2 - 12 * m_shift)) / 12 \
    - (3 * ((m_year + 4900 + m_shift) / 100)) / 4 + m_day - 32075 - 2440588))
  millis=$((((m_days * 24 + m_hour) * 60 + m_minute) * 60000 + m_second * 1000 + m_part))
}
# printable NAME: what may be shown of a name that nobody has vouched for
printable() { printf '%s' "$1" | tr -dc '!-~' | head -c 200; }

# plain NAME: a path of plain characters that leads nowhere else
plain() {
  case $1 in
    '' | /* | */ | *//* | [!A-Za-z0-9]* | */[!A-Za-z0-9]* | *[!A-Za-z0-9._/-]* | */*/*/*/*/*/*) return 1 ;;
  esac
}

# ---- the plain form of ZIP: entries one behind the other, the directory in the same order, the end; nothing else

# zip_form ZIP LIMIT: whether it has that form and neither it nor what it unpacks to is larger; sets $z_count
zip_form() {
  z_zip=$1
  z_limit=$2
  z_size=$(wc -c <"$z_zip")
  z_size=$((z_size))
  [ "$z_size" -ge 22 ] && [ "$z_size" -le "$z_limit" ] || return 1
  # the end: no other disk, the number of entries twice, size and place of the directory, no comment
  # shellcheck disable=SC2046
  set -- $(od -An -v -w22 -tu1 -j $((z_size - 22)) "$z_zip")
  [ "$1 $2 $3 $4 $5 $6 $7 $8 ${21} ${22}" = '80 75 5 6 0 0 0 0 0 0' ] && [ "$9 ${10}" = "${11} ${12}" ] || return 1
  z_count=$(($9 + ${10} * 256))
  z_end=$((z_size - 22))
  z_next=$((${17} + ${18} * 256 + ${19} * 65536 + ${20} * 16777216))
  z_first=$z_next
  [ $((z_next + ${13} + ${14} * 256 + ${15} * 65536 + ${16} * 16777216)) -eq "$z_end" ] || return 1
  z_at=0
  z_sum=0
  z_packed=
  z_done=0
  : >"$tmp/locals"
  set --
  while [ "$z_done" -lt "$z_count" ]; do
    z_done=$((z_done + 1))
    if [ $# -lt 700 ]; then
      # shellcheck disable=SC2046
      set -- $(od -An -v -w65536 -tu1 -j "$z_next" -N $((z_end - z_next < 65536 ? z_end - z_next : 65536)) "$z_zip")
    fi
    [ $# -ge 46 ] || return 1
    # version 2.0 twice, no flags; behind time, CRC, sizes and name: no extra field, comment, disk or attributes
    [ "$1 $2 $3 $4 $5 $6 $7 $8 $9 ${10} ${12}" = '80 75 1 2 20 0 20 0 0 0 0' ] || return 1
    [ "${31} ${32} ${33} ${34} ${35} ${36} ${37} ${38} ${39} ${40} ${41} ${42}" = '0 0 0 0 0 0 0 0 0 0 0 0' ] || return 1
    [ $((${43} + ${44} * 256 + ${45} * 65536 + ${46} * 16777216)) -eq "$z_at" ] || return 1
    z_inside=$((${21} + ${22} * 256 + ${23} * 65536 + ${24} * 16777216))
    z_outside=$((${25} + ${26} * 256 + ${27} * 65536 + ${28} * 16777216))
    case ${11} in
      0) [ "$z_inside" -eq "$z_outside" ] || return 1 ;;
      8) z_packed=1 ;;
      *) return 1 ;;
    esac
    z_name=$((${29} + ${30} * 256))
    z_sum=$((z_sum + z_outside))
    [ "$z_sum" -le "$z_limit" ] && [ "$z_name" -le 605 ] && [ $# -ge $((46 + z_name)) ] || return 1
    # before its content each entry says the same again
    z_again="80 75 3 4 $7 $8 $9 ${10} ${11} ${12} ${13} ${14} ${15} ${16} ${17} ${18} ${19} ${20}"
    z_again="$z_again ${21} ${22} ${23} ${24} ${25} ${26} ${27} ${28} ${29} ${30} 0 0"
    shift 46
    z_left=$z_name
    while [ "$z_left" -gt 0 ]; do
      z_again="$z_again $1"
      shift
      z_left=$((z_left - 1))
    done
    printf '%s\n' "$z_inside $((30 + z_name)) $z_again" >>"$tmp/locals"
    z_at=$((z_at + 30 + z_name + z_inside))
    z_next=$((z_next + 46 + z_name))
  done
  [ "$z_at" -eq "$z_first" ] && [ "$z_next" -eq "$z_end" ] || return 1
  # the octets of the file from $z_at on, as far as they are read, are the words; a long content is not read
  z_at=0
  set --
  while IFS=' ' read -r z_inside z_name z_again; do
    if [ $# -lt "$z_name" ]; then
      # shellcheck disable=SC2046
      set -- $(od -An -v -w65536 -tu1 -j "$z_at" -N $((z_first - z_at < 16384 ? z_first - z_at : 16384)) "$z_zip")
    fi
    z_at=$((z_at + z_name + z_inside))
    while [ "$z_name" -gt 0 ]; do
      [ "${z_again%% *}" = "${1:-}" ] || return 1
      z_again=${z_again#* }
      shift
      z_name=$((z_name - 1))
    done
    if [ "$z_inside" -lt $# ]; then shift "$z_inside"; else set --; fi
  done <"$tmp/locals"
  # an entry that unpacks to more than it says would fill the disk
  [ -z "$z_packed" ] || [ "$(unzip -p "$z_zip" 2>/dev/null </dev/null | head -c $((z_sum + 1)) | wc -c)" -eq "$z_sum" ]
}
# unpack ZIP FOLDER LIMIT: only a ZIP of that form with plain names, each once; writes the names to FOLDER.names
unpack() {
  zip_form "$1" "$3" && unzip -Z1 "$1" >"$2.names" 2>/dev/null </dev/null || return 1
  u_count=0
  while IFS= read -r u_name; do
    u_count=$((u_count + 1))
    plain "$u_name" || return 1
  done <"$2.names"
  [ "$u_count" -eq "$z_count" ] && [ -z "$(sort "$2.names" | uniq -d)" ] || return 1
  mkdir -p "$2" && unzip -q -o -P none -d "$2" "$1" >/dev/null 2>&1 </dev/null
}

# ---- trust

# certificate FILE: $certificate is the first of a file as PEM; $authority is set if it may sign others
certificate() {
  certificate=$(openssl x509 -in "$1" -passin pass: -ext basicConstraints 2>/dev/null </dev/null) || return 1
  authority=
  case ${certificate%%-----BEGIN*} in *CA:TRUE*) authority=1 ;; esac
  certificate=-----BEGIN${certificate#*-----BEGIN}
}
# anchors of a country: $list holds those that bear its name, and those that bear none. Only certificates of authorities
# count, and nothing that the system trusts for web sites: every call of openssl says -no-CApath -no-CAstore
anchors() {
  list=$tmp/anchors/$1.pem
  [ ! -f "$list" ] || return 0
  : >"$list"
  for a_file in "$trust"/*.pem "$trust"/*.crt "$trust"/*.cer "$trust"/*.der; do
    [ -f "$a_file" ] || continue
    a_unbound=
    case ${a_file##*/} in
      "$1".* | "$1"-* | "$1"_*) ;;
      [A-Z][A-Z][A-Z][._-]*) continue ;;
      *) a_unbound=1 ;;
    esac
    certificate "$a_file" && [ -n "$authority" ] || continue
    printf '%s\n' "$certificate" >>"$list"
    [ -z "$a_unbound" ] || { printf '%s\n' "$certificate" >"$tmp/anchor.pem"; digest_of "$tmp/anchor.pem"; cp "$tmp/anchor.pem" "$tmp/anchors/unbound.$sum"; }
  done
}
: >"$tmp/certificates.pem"
: >"$tmp/serves"
# only the list is taken from such a file, never a certificate that lies beside it
lists=0
add_crl() {
  [ -f "$1" ] || return 0
  lists=$((lists + 1))
  a_crl=$tmp/crls/$lists
  # the list, and before it what it says in words
  openssl crl -in "$1" -text -nameopt RFC2253 -out "$a_crl.text" 2>/dev/null ||
    openssl crl -inform DER -in "$1" -text -nameopt RFC2253 -out "$a_crl.text" 2>/dev/null || return 0
  a_by=none a_last=x a_next=0 a_part='' a_serial=''
  : >"$a_crl.revoked"
  while IFS= read -r a_line; do
    case $a_line in
      '        Issuer: '*) [ "$a_by" != none ] || a_by=${a_line#*Issuer: } ;;
      *'Serial Number: '*) a_serial=${a_line#*Serial Number: } ;;
      *'Revocation Date: '*) printf '%s\n' "$a_serial ${a_line#*Revocation Date: }" >>"$a_crl.revoked" ;;
      *': critical'* | *'Only '*' Certificates'* | *'Only Some Reasons'* | *'Indirect CRL'* | *'Delta CRL Indicator'*) a_part=1 ;;
      *'Last Update: '*) a_last=$(date -d "${a_line#*Last Update: }" +%s 2>/dev/null) || a_last=x ;;
      *'Next Update: '*) a_next=$(date -d "${a_line#*Next Update: }" +%s 2>/dev/null) || a_next=0 ;;
      '-----BEGIN'*) break ;;
    esac
  done <"$a_crl.text"
  openssl crl -in "$a_crl.text" -out "$a_crl.pem" 2>/dev/null
  # a list about some certificates, or for some reasons, does not say that another is not revoked
  [ -z "$a_part" ] || a_last=x
  printf '%s\n%s\n%s\n' "$a_by" "$a_last" "$a_next" >"$a_crl.facts"
}
# leads CERTIFICATE ANCHORS SECONDS: whether the certificate leads to one of the anchors then; what openssl said in $said
leads() {
  l_untrusted=$tmp/certificates.pem
  [ -s "$l_untrusted" ] || l_untrusted=$2
  said=$(openssl verify -CAfile "$2" -no-CApath -no-CAstore -untrusted "$l_untrusted" -partial_chain -purpose any \
    -auth_level 2 -show_chain -attime "$3" "$1" 2>&1 </dev/null)
}
# issuers_under ANCHORS: makes ANCHORS.d with each anchor, and each certificate of the bundle that is an authority under one
issuers_under() {
  [ ! -d "$1.d" ] || return 0
  mkdir "$1.d"
  i_count=0
  i_one=
  i_all=
  while IFS= read -r i_line; do
    i_one="$i_one$i_line
"
    case $i_line in
      '-----END CERTIFICATE-----')
        i_count=$((i_count + 1))
        printf '%s' "$i_one" >"$1.d/$i_count.pem"
        i_all="$i_all$i_one"
        i_one=
        ;;
    esac
  done <"$1"
  for i_file in "$tmp"/certificates/*.ca; do
    [ -f "$i_file" ] || continue
    i_one=
    while IFS= read -r i_line; do
      i_one="$i_one$i_line
"
    done <"$i_file"
    case $i_all in *"$i_one"*) continue ;; esac
    leads "$i_file" "$1" "$at" || continue
    i_count=$((i_count + 1))
    cp "$i_file" "$1.d/$i_count.pem"
  done
}

# dissect P7S: whether a CMS is of the kind that gateways and countries make: DER, one signer, SHA-256 with ECDSA. Its
# signature value goes to $tmp/value.bin; a time-stamp token, if $tokens is 1, to $tmp/token.bin
dissect() {
  : >"$tmp/value.bin"
  : >"$tmp/token.bin"
  values=0
  tokens=0
  d_algorithms=
  d_attribute=
  openssl asn1parse -inform DER -in "$1" >"$tmp/asn1" 2>/dev/null </dev/null || return 1
  # the lines as words: a shell reads a file one octet at a time. No line of interest is longer
  IFS='
'
  set -f
  elements "$1"
  d_right=$?
  set +f
  unset IFS
  return "$d_right"
}
# elements P7S: the same, of the lines in $tmp/asn1
elements() {
  # openssl prints texts as they are, line feeds too: what looks like a line of its own counts only where the one before ends
  d_next=0
  # shellcheck disable=SC2013 # words are lines, see above
  for d_line in $(cut -c 1-90 "$tmp/asn1"); do
    d_offset=${d_line%%:*}
    d_offset=${d_offset##* }
    d_rest=${d_line#*:d=}
    d_depth=${d_rest%% *}
    d_rest=${d_rest#*hl=}
    d_header=${d_rest%% *}
    d_rest=${d_rest#*l=}
    d_type=${d_rest#"${d_rest%%[!0-9 ]*}"}
    d_length=${d_rest%"$d_type"}
    d_length=${d_length% }
    d_length=${d_length##* }
    # of indefinite length: not DER
    is_number "$d_offset" && is_number "$d_header" && is_number "$d_length" && [ "$d_offset" -eq "$d_next" ] && [ "$d_header" -ge 2 ] || return 1
    d_next=$((d_offset + d_header))
    case $d_type in 'cons: OCTET STRING'*) return 1 ;; prim:*) d_next=$((d_next + d_length)) ;; esac
    case $d_depth:$d_type in
      4:*) d_algorithms= ;;
      6:'prim: OBJECT'*) d_algorithms="$d_algorithms${d_line##*:} " ;;
      5:'prim: OCTET STRING'*)
        values=$((values + 1))
        [ "$d_algorithms" = 'sha256 ecdsa-with-SHA256 ' ] || return 1
        tail -c +$((d_offset + d_header + 1)) "$1" | head -c "$d_length" >"$tmp/value.bin"
        ;;
      7:'prim: OBJECT'*)
        d_attribute=${d_line##*:}
        [ "$values" -eq 0 ] || [ "$d_attribute" = id-smime-aa-timeStampToken ] || return 1
        ;;
      8:'cons: SEQUENCE'*)
        if [ "$d_attribute" = id-smime-aa-timeStampToken ]; then
          tokens=$((tokens + 1))
          tail -c +$((d_offset + 1)) "$1" | head -c $((d_header + d_length)) >"$tmp/token.bin"
        fi
        ;;
    esac
  done
  [ "$d_next" -eq "$(wc -c <"$1")" ] || return 1
  [ "$values" -eq 1 ] && [ "$tokens" -le 1 ]
}

# signed_by URI COUNTRY SIGNATURE CONTENT WHAT [INSTANT [ANCHORS]]: a CAdES signature by the holder of exactly that URI,
# under an anchor of the country. Leaves the signer's certificate in $tmp/signer.pem, and the digest of its DER in $signer
: >"$tmp/signers.pem"
signed_by() {
  if [ -n "${7:-}" ]; then list=$7; else anchors "$2"; fi
  s_list=$list
  rm -f "$tmp/signer.pem"
  # first whose signature it is, then as CAdES by just that certificate, and only then whether it leads to an anchor;
  # most often it is somebody who signed something before
  if ! cades "$3" "$4" "$tmp/signers.pem"; then
    if ! openssl cms -verify -noverify -binary -inform DER -in "$3" -content "$4" -signer "$tmp/signer.pem" \
      -out /dev/null >/dev/null 2>&1 </dev/null || ! cp "$tmp/signer.pem" "$tmp/this.pem" || ! cades "$3" "$4" "$tmp/this.pem"; then
      bad "$5 does not hold: it was changed, or somebody else signed"
      return 1
    fi
    cat "$tmp/this.pem" >>"$tmp/signers.pem"
  fi
  digest_of "$tmp/signer.pem"
  s_known=$tmp/signers/$sum
  if [ ! -f "$s_known" ]; then
    sum=$(openssl x509 -in "$tmp/signer.pem" -outform DER 2>/dev/null | sha256sum)
    sum=${sum%% *}
    s_names=$(openssl x509 -in "$tmp/signer.pem" -noout -ext subjectAltName 2>/dev/null)
    s_names=${s_names#*'
    '}
    s_uses=$(openssl x509 -in "$tmp/signer.pem" -noout -text -certopt no_subject,no_issuer,no_sigdump,no_header 2>/dev/null)
    case $(cat "$tmp/signer.pem") in
      *'-----BEGIN '*'-----BEGIN '*) s_problem='has more than one signer' ;;
      *)
        case $s_uses in
          *CA:TRUE*) s_problem='is by an authority itself' ;;
          *'ASN1 OID: prime256v1'*'Digital Signature, Non Repudiation'*) s_problem= ;;
          *) s_problem='is by a certificate that may not sign evidence' ;;
        esac
        ;;
    esac
    printf '%s\n%s\n%s\n' "$sum" "$s_problem" "$s_names" >"$s_known"
  fi
  { IFS= read -r signer; IFS= read -r s_problem; IFS= read -r s_names; IFS= read -r s_more; } <"$s_known"
  if [ "$s_names" != "URI:$1" ] || [ -n "$s_more" ]; then
    bad "$5 is not by $1"
    return 1
  elif [ -n "$s_problem" ]; then
    bad "$5 $s_problem"
    return 1
  elif [ ! -s "$s_list" ]; then
    doubt "$5: you brought no CA certificate for $2"
    return 1
  fi
  s_verdict=$s_known.${s_list##*/}.${6:-}
  [ -f "$s_verdict" ] || under_anchor "$tmp/signer.pem" "$s_list" "$2" "${6:-}" >"$s_verdict"
  while IFS=' ' read -r s_word s_check s_sentence; do
    case $s_word in
      bad) bad "$5$s_sentence"; return 1 ;;
      doubt) doubt "$5$s_sentence"; return 1 ;;
      revoked) doubt "$5$s_sentence" ;;
      gap) gap "$s_check" "$5$s_sentence" ;;
    esac
  done <"$s_verdict"
  return 0
}
# cades SIGNATURE CONTENT CERTIFICATES: whether one of these made it, as CAdES has it
cades() {
  openssl cms -verify -cades -binary -inform DER -in "$1" -content "$2" -CAfile "$3" -no-CApath -no-CAstore -partial_chain \
    -no_check_time -purpose any -signer "$tmp/signer.pem" -out /dev/null >/dev/null 2>&1 </dev/null
}
# under_anchor CERTIFICATE ANCHORS COUNTRY INSTANT: prints "bad - SENTENCE", "doubt - SENTENCE", "revoked - SENTENCE" or
# "gap CHECK SENTENCE" if there is something to say
under_anchor() {
  if ! leads "$1" "$2" "${4:-$at}"; then
    # names of certificates are in what openssl says, too: only whole lines of its own count, and the worst of them
    x_worst=
    while IFS= read -r x_line; do
      case $x_line in
        'error 2 at '* | 'error 18 at '* | 'error 19 at '* | 'error 20 at '* | 'error 21 at '*) [ -n "$x_worst" ] || x_worst=unknown ;;
        'error 9 at '*) case $x_worst in '' | unknown) x_worst=early ;; esac ;;
        'error 10 at '*) case $x_worst in '' | unknown) x_worst=late ;; esac ;;
        'error '[0-9]*' at '*) x_worst=wrong ;;
      esac
    done <<END
$said
END
    case $x_worst:$4 in
      unknown:*) printf '%s\n' "doubt -  leads to none of your anchors for $3" ;;
      early:?*) printf '%s\n' 'bad - : its certificate was not valid yet at the proven time of the signature' ;;
      early:) printf '%s\n' 'doubt - : the certificate is not valid yet at the instant for which it is judged' ;;
      late:*) printf '%s\n' 'doubt - : the certificate is not valid at the instant for which it is judged' ;;
      *) printf '%s\n' "bad -  is by a certificate that your anchors for $3 did not issue, or that is too weak" ;;
    esac
    return 0
  fi
  case $said in *depth=2*) printf '%s\n' 'gap revocation : whether the authorities above its certificate are revoked, this script does not ask' ;; esac
  # an anchor that is bound to no country may serve one only
  for x_file in "$tmp"/anchors/unbound.*; do
    [ ! -f "$x_file" ] || ! leads "$1" "$x_file" "${4:-$at}" || printf '%s %s\n' "${x_file##*.}" "$3" >>"$tmp/serves"
  done
  revoked_since "$1" "$2"
  if [ -n "$earliest" ] && [ -z "$4" ]; then
    printf '%s\n' 'revoked - : the certificate is revoked, and no trusted time says that it was not when it signed'
  elif [ -n "$earliest" ] && [ "$4" -ge "$earliest" ]; then
    printf '%s\n' 'bad - : the certificate was revoked before the proven time of the signature'
  elif [ -z "$earliest" ] && [ -z "$current" ]; then
    printf '%s\n' 'gap revocation : no revocation list that is in force says that the certificate is not revoked'
  fi
}

# revoked_since CERTIFICATE ANCHORS: what lists of its issuer say: $earliest is when it was revoked, in seconds; $current is
# set if a list that is in force, and about all certificates, says of it
revoked_since() {
  digest_of "$1"
  r_known=$tmp/judged/$sum.${2##*/}
  if [ -f "$r_known" ]; then
    { IFS= read -r earliest; IFS= read -r current; } <"$r_known"
    return 0
  fi
  issuers_under "$2"
  openssl x509 -in "$1" -noout -serial -issuer -enddate -nameopt RFC2253 >"$tmp/certificate.txt" 2>/dev/null
  r_serial=none
  r_issuer=none
  r_ends=0
  while IFS= read -r r_line; do
    case $r_line in
      serial=*) r_serial=${r_line#serial=} ;;
      issuer=*) r_issuer=${r_line#issuer=} ;;
      notAfter=*) r_ends=$(date -d "${r_line#notAfter=}" +%s) || r_ends=0 ;;
    esac
  done <"$tmp/certificate.txt"
  current=
  earliest=
  for r_list in "$tmp"/crls/*.pem; do
    [ -f "$r_list" ] || continue
    { IFS= read -r r_by; IFS= read -r r_last; IFS= read -r r_next; } <"${r_list%.pem}.facts"
    [ "$r_by" = "$r_issuer" ] || continue
    for r_key in "$2.d"/*.pem; do
      [ -f "$r_key" ] || continue
      case $(openssl crl -in "$r_list" -noout -CAfile "$r_key" -no-CApath -no-CAstore 2>&1) in *'verify OK'*) r_by=; break ;; esac
    done
    [ -z "$r_by" ] || continue
    while IFS=' ' read -r r_one r_line; do
      [ "$r_one" = "$r_serial" ] || continue
      r_when=$(date -d "$r_line" +%s) || r_when=0
      if [ -z "$earliest" ] || [ "$r_when" -lt "$earliest" ]; then earliest=$r_when; fi
    done <"${r_list%.pem}.revoked"
    # later lists need not name a certificate that has ended
    [ "$r_last" = x ] || [ "$r_last" -gt "$r_ends" ] || [ "$r_next" -lt "$at" ] || current=1
  done
  printf '%s\n%s\n' "$earliest" "$current" >"$r_known"
}

# stamped FILE TOKEN WHAT CHECK INSTANT: a time-stamp token over a file, judged at that instant; sets $time, in seconds
stamped() {
  time=
  if [ ! -s "$tmp/tsa.pem" ]; then
    gap "$4" "$3: you brought no certificate of a time-stamping authority"
    return 1
  fi
  # what the token itself holds helps to build its chain and to see revocation, and is believed no more than the bundle is
  t_untrusted=$tmp/certificates.pem
  [ -s "$t_untrusted" ] || t_untrusted=$tmp/tsa.pem
  if ! openssl ts -verify -data "$1" -in "$2" -token_in -CAfile "$tmp/tsa.pem" -untrusted "$t_untrusted" \
    -partial_chain -attime "$5" >"$tmp/said" 2>&1 </dev/null; then
    case $(cat "$tmp/said") in
      *'unable to get'* | *'self-signed'* | *'self signed'*) gap "$4" "$3 is by none of your time-stamping authorities" ;;
      *'certificate has expired'* | *'not yet valid'*) doubt "$3: the certificate of the time-stamping authority is not valid at the instant" ;;
      *) bad "$3 does not hold: it is over something else, or was changed" ;;
    esac
    return 1
  fi
  openssl ts -reply -token_in -in "$2" -token_out -text 2>/dev/null >"$tmp/token.txt" </dev/null ||
    openssl ts -reply -token_in -in "$2" -text 2>/dev/null >"$tmp/token.txt" </dev/null
  t_algorithm=
  t_time=
  while IFS= read -r t_line; do
    case $t_line in
      'Time stamp: '*) t_time=$(date -d "${t_line#Time stamp: }" +%s) || return 1 ;;
      'Hash Algorithm: sha256') t_algorithm=1 ;;
    esac
  done <"$tmp/token.txt"
  [ -n "$t_algorithm" ] || { bad "$3 is over a weaker digest than SHA-256"; return 1; }
  [ -n "$t_time" ] || { bad "$3 states no time"; return 1; }
  if [ "$t_time" -gt $(($5 + 120)) ]; then
    gap "$4" "$3 states a time that has not come"
    return 1
  fi
  # whose token it is; its certificate need not lie in the token
  rm -f "$tmp/tsa-signer.pem"
  set -- "$1" "$2" "$3" "$4" "$5" -verify -noverify -binary -inform DER -in "$2" -signer "$tmp/tsa-signer.pem"
  [ ! -s "$tmp/certificates.pem" ] || set -- "$@" -certfile "$tmp/certificates.pem"
  t_what=$3 t_check=$4 t_instant=$5
  shift 5
  if ! openssl cms "$@" -out /dev/null >/dev/null 2>&1 </dev/null || [ ! -s "$tmp/tsa-signer.pem" ]; then
    bad "$t_what has no signer who can be found"
    return 1
  fi
  set -- '' '' "$t_what" "$t_check" "$t_instant"
  revoked_since "$tmp/tsa-signer.pem" "$tmp/tsa.pem"
  if [ -n "$earliest" ] && [ "$5" -ge "$earliest" ]; then
    doubt "$3: the certificate of the time-stamping authority is revoked"
    return 1
  elif [ -z "$earliest" ] && [ -z "$current" ]; then
    gap "$4" "$3: no revocation list that is in force says that the time-stamping authority's certificate is not revoked"
    return 1
  fi
  openssl x509 -in "$tmp/tsa-signer.pem" -noout -subject -nameopt RFC2253 2>/dev/null >>"$tmp/stampers"
  time=$t_time
}

# ---- ledgers

# vkey TEXT: a C2SP verifier key; $key_name, $key_hash, $key_type and $key_raw are set
vkey() {
  key_name=${1%%+*}
  k_rest=${1#*+}
  key_hash=${k_rest%%+*}
  k_typed=$(printf '%s' "${k_rest#*+}" | base64 -d 2>/dev/null | hex)
  [ ${#k_typed} -eq 66 ] || return 1
  key_raw=${k_typed#??}
  key_type=${k_typed%"$key_raw"}
  k_said=$({ printf '%s\n' "$key_name"; unhex "$k_typed"; } | sha256sum | cut -c 1-8)
  [ "$k_said" = "$key_hash" ]
}
# keep_key VKEY FOLDER: makes FOLDER/<name with _ for />.<hash> = public key
keep_key() {
  vkey "$1" && plain "$key_name" || return 1
  mkdir -p "$2"
  k_stem=$2/$(printf '%s' "$key_name" | tr / _).$key_hash
  unhex "302a300506032b6570032100$key_raw" >"$k_stem.der"
  printf '%s %s %s\n' "$key_name" "$key_hash" "$key_type" >"$k_stem.name"
}

# split_note FILE [DIGEST]: takes a signed note apart into $tmp/text and its lines of signatures, and sees that it is nothing else
split_note() {
  n_sum=${2:-}
  [ -n "$n_sum" ] || { digest_of "$1"; n_sum=$sum; }
  n_in_text=1
  n_text=
  n_lines=
  while IFS= read -r n_line; do
    if [ -n "$n_in_text" ]; then
      case $n_line in
        '') n_in_text= ;;
        *) n_text="$n_text$n_line
" ;;
      esac
    else
      case $n_line in
        '— '*' '*) n_lines="$n_lines$n_line
" ;;
        *) return 1 ;;
      esac
    fi
  done <"$1"
  [ -z "$n_in_text" ] && [ -n "$n_lines" ] || return 1
  printf '%s' "$n_text" >"$tmp/text"
  printf '%s' "$n_lines" >"$tmp/lines"
  n_again=$(printf '%s\n%s' "$n_text" "$n_lines" | sha256sum)
  [ "${n_again%% *}" = "$n_sum" ]
}
# line_of NAME HASH: $octets is the signature of that key in hexadecimal digits, without the hash before it
line_of() {
  while IFS=' ' read -r _ l_who l_what; do
    [ "$l_who" = "$1" ] || continue
    octets=$(printf '%s' "$l_what" | base64 -d 2>/dev/null | hex)
    [ "${octets#"$2"}" != "$octets" ] && { octets=${octets#"$2"}; return 0; }
  done <"$tmp/lines"
  return 1
}
# ed25519 KEY FILE HEX: whether that is the key's signature over the file
ed25519() {
  unhex "$3" >"$tmp/signature"
  openssl pkeyutl -verify -pubin -inkey "$1" -keyform DER -rawin -in "$2" -sigfile "$tmp/signature" >/dev/null 2>&1 </dev/null
}
# by_ledger ORIGIN GATEWAY: whether $tmp/text with $tmp/lines is signed by a key of that ledger; 2 if no key is known
by_ledger() {
  b_any=2
  b_folder=$tmp/keys/$2
  [ ! -d "$tmp/pinned/$2" ] || b_folder=$tmp/pinned/$2
  for b_key in "$b_folder"/*.der; do
    [ -f "$b_key" ] || continue
    IFS=' ' read -r b_name b_hash b_type <"${b_key%.der}.name"
    [ "$b_type $b_name" = "01 $1" ] || continue
    b_any=1
    ! line_of "$b_name" "$b_hash" || ! ed25519 "$b_key" "$tmp/text" "$octets" || return 0
  done
  return "$b_any"
}

# checkpoint FILE GATEWAY WHAT CHECK: a checkpoint of the gateway's ledger, signed by its key; sets $origin $size $root.
checkpoint() {
  digest_of "$1"
  c_seen=$tmp/notes/$sum
  if [ -f "$c_seen" ]; then
    IFS=' ' read -r origin size root <"$c_seen"
    case $origin in "$2"/receipts/*) return 0 ;; *) bad "$3 is no checkpoint of $2"; return 1 ;; esac
  fi
  split_note "$1" "$sum" || { bad "$3 is no signed note"; return 1; }
  { IFS= read -r origin && IFS= read -r size && IFS= read -r c_root64; } <"$tmp/text" || { bad "$3 is no checkpoint"; return 1; }
  case $origin in
    "$2"/receipts/?*) plain "$origin" || { bad "$3 is no checkpoint"; return 1; } ;;
    *) bad "$3 is no checkpoint of $2"; return 1 ;;
  esac
  is_number "$size" || { bad "$3 is no checkpoint"; return 1; }
  printf '%s\n' "$c_root64" >"$tmp/root"
  root=$(hashes "$tmp/root")
  [ ${#root} -eq 64 ] || { bad "$3 is no checkpoint"; return 1; }
  [ "$n_text" = "$origin
$size
$c_root64
" ] || { bad "$3 is no checkpoint"; return 1; }
  by_ledger "$origin" "$2"
  case $? in
    1) bad "$3 is not signed by the ledger key of $2"; return 1 ;;
    2) gap "$4" "$3 cannot be judged: no card and no pinned key gives the key of ledger $origin"; return 1 ;;
  esac
  printf '%s %s %s\n' "$origin" "$size" "$root" >>"$tmp/roots"
  printf '%s %s %s\n' "$origin" "$size" "$root" >"$c_seen"
  cp "$1" "$c_seen.note"
}

# node LEFT RIGHT: $node is the hash of an inner node of the tree
node() {
  node=$(unhex "01$1$2" | sha256sum)
  node=${node%% *}
}

# included LEAF-HASH INDEX SIZE ROOT FILE-OF-HASHES (RFC 9162, 2.1.3.2)
included() {
  i_fn=$2
  i_sn=$(($3 - 1))
  [ "$i_fn" -le "$i_sn" ] || return 1
  i_r=$1
  hashes "$5" >"$tmp/hashes" || return 1
  while IFS= read -r i_p; do
    [ ${#i_p} -eq 64 ] && [ "$i_sn" -ne 0 ] || return 1
    if [ $((i_fn & 1)) -eq 1 ] || [ "$i_fn" -eq "$i_sn" ]; then
      node "$i_p" "$i_r"
      while [ $((i_fn & 1)) -eq 0 ] && [ "$i_fn" -ne 0 ]; do
        i_fn=$((i_fn >> 1))
        i_sn=$((i_sn >> 1))
      done
    else
      node "$i_r" "$i_p"
    fi
    i_r=$node
    i_fn=$((i_fn >> 1))
    i_sn=$((i_sn >> 1))
  done <"$tmp/hashes"
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
  hashes "$5" >"$tmp/hashes" || return 1
  while IFS= read -r i_c; do
    [ ${#i_c} -eq 64 ] || return 1
    if [ -z "$i_fr" ]; then
      i_fr=$i_c
      i_sr=$i_c
      continue
    fi
    [ "$i_sn" -ne 0 ] || return 1
    if [ $((i_fn & 1)) -eq 1 ] || [ "$i_fn" -eq "$i_sn" ]; then
      node "$i_c" "$i_fr"
      i_fr=$node
      node "$i_c" "$i_sr"
      while [ $((i_fn & 1)) -eq 0 ] && [ "$i_fn" -ne 0 ]; do
        i_fn=$((i_fn >> 1))
        i_sn=$((i_sn >> 1))
      done
    else
      node "$i_sr" "$i_c"
    fi
    i_sr=$node
    i_fn=$((i_fn >> 1))
    i_sn=$((i_sn >> 1))
  done <"$tmp/hashes"
  [ "$i_sn" -eq 0 ] && [ "$i_fr" = "$2" ] && [ "$i_sr" = "$4" ]
}

# proof FILE GATEWAY LEAF-FILE WHAT: an inclusion proof for the leaf; sets $index and the checkpoint's $origin $size $root
proof() {
  : >"$tmp/path"
  : >"$tmp/proof.note"
  p_part=magic
  index=
  while IFS= read -r p_line; do
    printf '%s\n' "$p_line" >&3
    case $p_part in
      magic) [ "$p_line" = 'c2sp.org/tlog-proof@v1' ] || break; p_part=index ;;
      index) [ "$p_line" != "${p_line#index }" ] || break; index=${p_line#index }; p_part=path ;;
      path) if [ -z "$p_line" ]; then p_part=note; else printf '%s\n' "$p_line" >>"$tmp/path"; fi ;;
      note) printf '%s\n' "$p_line" >>"$tmp/proof.note" ;;
    esac
  done <"$1" 3>"$tmp/proof.again"
  if [ "$p_part" != note ] || ! is_number "$index" || ! same "$tmp/proof.again" "$1"; then
    bad "the proof for $4 is no such proof"
    return 1
  fi
  checkpoint "$tmp/proof.note" "$2" "the checkpoint of the proof for $4" inclusion || return 1
  p_leaf=$({ printf '\000'; cat "$3"; } | sha256sum)
  if included "${p_leaf%% *}" "$index" "$size" "$root" "$tmp/path"; then
    printf '%s\n' "$origin $index ${p_leaf%% *}" >>"$tmp/placed"
    return 0
  fi
  bad "the proof for $4 does not hold: it is for another entry, or was changed"
  return 1
}

# ---- evidence.xml

# evidence FILE: reads it into variables $e_…, writes from these what it would have to be, and compares: so each element is
# there once, in its place, and nothing else is. $e_shape has a letter for each part that is there
evidence() {
  e_in=
  e_id='' e_event='' e_time='' e_issuer='' e_certificate='' e_sender='' e_recipient='' e_subject='' e_exchange='' e_kind='' e_version=''
  e_sequence='' e_submitted='' e_drop='' e_record='' e_supersedes='' e_agreement='' e_agreement_version='' e_agreement_digest='' e_clause=''
  e_decision='' e_applied='' e_outer='' e_inner='' e_manifest='' e_reasons='' e_basis='' e_word='' e_role='' e_pseudonym='' e_item='' e_before=''
  e_before_manifest='' e_code='' e_reason_clause='' e_field=''
  while IFS= read -r e_line; do
    case $e_line in
      '  <'*'>'*'</'*'>')
        e_tag=${e_line#  <}
        e_tag=${e_tag%%>*}
        e_text=${e_line#*>}
        e_text=${e_text%</*}
        case $e_text in '' | *[!\ -~]* | *'<'* | *'>'*) return 1 ;; esac
        case $e_in$e_tag in
          EvidenceIdentifier) e_id=$e_text ;;
          ERDSEventId) e_event=$e_text ;;
          EventTime) e_time=$e_text ;;
          EvidenceIssuerDetails/Gateway) e_issuer=$e_text ;;
          EvidenceIssuerDetails/CertificateDigest) e_certificate=$e_text ;;
          SenderDetails) e_sender=$e_text ;;
          RecipientDetails) e_recipient=$e_text ;;
          Exchange/MessageIdentifier) e_exchange=$e_text ;;
          Exchange/KindCode) e_kind=$e_text ;;
          Exchange/SchemaVersion) e_version=$e_text ;;
          Exchange/SequenceNumber) e_sequence=$e_text ;;
          Exchange/SubmissionTime) e_submitted=$e_text ;;
          Submission/DropIdentifier) e_drop=$e_text ;;
          Submission/RecordIndex) e_record=$e_text ;;
          Submission/Supersedes | Exchange/Supersedes) e_supersedes=$e_text ;;
          Terms/AgreementID) e_agreement=$e_text ;;
          Terms/AgreementVersion) e_agreement_version=$e_text ;;
          Terms/AgreementDigest) e_agreement_digest=$e_text ;;
          Terms/Clause) e_clause=$e_text ;;
          Terms/Decision) e_decision=$e_text ;;
          Terms/Applied) e_applied="$e_applied$e_line
" ;;
          MessageDigests/OuterDigest) e_outer=$e_text ;;
          MessageDigests/InnerDigest) e_inner=$e_text ;;
          MessageDigests/ManifestDigest) e_manifest=$e_text ;;
          EventReason/Code) e_code=$e_line ;;
          EventReason/Clause) e_reason_clause=$e_line ;;
          EventReason/Field) e_field=$e_line ;;
          HandoverBasis) e_basis=$e_text ;;
          Act/Word) e_word=$e_text ;;
          Act/Role) e_role=$e_text ;;
          Act/Pseudonym) e_pseudonym=$e_text ;;
          Act/Item) e_item=$e_text ;;
          PreviousEvidence/EvidenceIdentifier) e_before=$e_text ;;
          PreviousEvidence/ManifestDigest) e_before_manifest=$e_text ;;
          OwnCheckpoint | PeerCheckpoint | PeerCheckpointAbsent) ;; # as the files beside it have it
          *) return 1 ;;
        esac
        ;;
      '  <Peer/>' | '  <UnopenedMessage/>') e_subject=${e_line#  <} e_subject=${e_subject%/>} ;;
      '  </EventReason>')
        e_reasons="$e_reasons  <EventReason>
$e_code
${e_reason_clause:+$e_reason_clause
}${e_field:+$e_field
}  </EventReason>
"
        e_in=
        ;;
      '  </Submission>') e_in=; [ "$e_subject" != Exchange ] || e_in=Exchange/ ;;
      '  </'*) e_in= ;;
      '  <'*'>')
        e_tag=${e_line#  <}
        e_tag=${e_tag%>}
        e_in=$e_tag/
        case $e_tag in
          Exchange) e_subject=Exchange ;;
          Submission) [ -n "$e_subject" ] || e_subject=Submission ;;
          EventReason) e_code='' e_reason_clause='' e_field='' ;;
        esac
        ;;
    esac
  done <"$1"
  write_evidence >"$tmp/again"
  same "$tmp/again" "$1" || return 1
  is_id "$e_id" && is_time "$e_time" && is_gateway "$e_issuer" && is_gateway "$e_sender" && is_digest "$e_certificate" || return 1
  e_said=${e_event##*[/:]}
  [ -z "$e_recipient" ] || is_gateway "$e_recipient" || return 1
  for e_value in "$e_agreement_digest" "$e_outer" "$e_inner" "$e_manifest" "$e_before_manifest"; do
    [ -z "$e_value" ] || is_digest "$e_value" || return 1
  done
  for e_value in "$e_exchange" "$e_drop" "$e_supersedes" "$e_before"; do [ -z "$e_value" ] || is_id "$e_value" || return 1; done
  for e_value in "$e_kind" "$e_version" "$e_agreement" "$e_clause" "$e_decision"; do
    case $e_value in *[!A-Za-z0-9._-]*) return 1 ;; esac
  done
  for e_value in "$e_sequence" "$e_record" "$e_agreement_version"; do [ -z "$e_value" ] || is_number "$e_value" || return 1; done
  [ -z "$e_submitted" ] || is_time "$e_submitted" || return 1
  case $e_subject in
    Exchange) [ -n "$e_exchange" ] && [ -n "$e_kind" ] && [ -n "$e_version" ] && [ -n "$e_sequence" ] && [ -n "$e_submitted" ] || return 1 ;;
    Submission) [ -n "$e_drop" ] || return 1 ;;
  esac
  [ -z "$e_record" ] || [ -n "$e_drop" ] || return 1
  [ -z "$e_agreement" ] || { [ -n "$e_agreement_version" ] && [ -n "$e_agreement_digest" ] && [ -n "$e_clause" ] && [ -n "$e_decision" ]; } || return 1
  case $e_word:$e_role in : | SUSPEND:?* | RESUME:?* | ERASE:?* | REPROCESS:?* | RELEASE:?* | REJECT:?*) ;; *) return 1 ;; esac
  e_shape="$e_subject ${e_recipient:+to }${e_agreement:+terms }${e_outer:+outer }${e_inner:+inner }${e_manifest:+manifest }"
  e_shape="$e_shape${e_reasons:+reason }${e_basis:+basis }$e_word"
}
# element INDENTED-TAG TEXT: one line, if there is a text
element() { [ -z "$2" ] || printf '  <%s>%s</%s>\n' "$1" "$2" "$1"; }
write_submission() {
  printf '  <Submission>\n'
  element DropIdentifier "$e_drop"
  element RecordIndex "$e_record"
  printf '  </Submission>\n'
}
write_evidence() {
  printf '<?xml version="1.0" encoding="UTF-8"?>\n<Evidence xmlns="urn:embassage:evidence:1" version="1.0">\n'
  element EvidenceIdentifier "$e_id"
  element ERDSEventId "$e_event"
  element EventTime "$e_time"
  printf '  <EvidenceIssuerDetails>\n'
  element Gateway "$e_issuer"
  element CertificateDigest "$e_certificate"
  printf '  </EvidenceIssuerDetails>\n'
  element SenderDetails "$e_sender"
  element RecipientDetails "$e_recipient"
  case $e_subject in
    Exchange)
      printf '  <Exchange>\n'
      element MessageIdentifier "$e_exchange"
      element KindCode "$e_kind"
      element SchemaVersion "$e_version"
      element SequenceNumber "$e_sequence"
      element SubmissionTime "$e_submitted"
      [ -z "$e_drop" ] || write_submission
      element Supersedes "$e_supersedes"
      printf '  </Exchange>\n'
      ;;
    Submission) write_submission ;;
    *) printf '  <%s/>\n' "$e_subject" ;;
  esac
  if [ -n "$e_agreement" ]; then
    printf '  <Terms>\n'
    element AgreementID "$e_agreement"
    element AgreementVersion "$e_agreement_version"
    element AgreementDigest "$e_agreement_digest"
    element Clause "$e_clause"
    element Decision "$e_decision"
    printf '%s  </Terms>\n' "$e_applied"
  fi
  if [ -n "$e_outer" ]; then
    printf '  <MessageDigests>\n'
    element OuterDigest "$e_outer"
    element InnerDigest "$e_inner"
    element ManifestDigest "$e_manifest"
    printf '  </MessageDigests>\n'
  fi
  printf '%s' "$e_reasons"
  element HandoverBasis "$e_basis"
  if [ -n "$e_word" ]; then
    printf '  <Act>\n'
    element Word "$e_word"
    element Role "$e_role"
    element Pseudonym "$e_pseudonym"
    element Item "$e_item"
    printf '  </Act>\n'
  fi
  if [ -n "$e_before" ]; then
    printf '  <PreviousEvidence>\n'
    element EvidenceIdentifier "$e_before"
    element ManifestDigest "$e_before_manifest"
    printf '  </PreviousEvidence>\n'
  fi
  element OwnCheckpoint checkpoints/own.txt
  if [ -f "$to/checkpoints/peer.txt" ]; then element PeerCheckpoint checkpoints/peer.txt; else element PeerCheckpointAbsent FIRST_CONTACT; fi
  printf '</Evidence>\n'
}
# event_known: whether $e_event is one of the eleven
event_known() {
  case $e_event in
    http://uri.etsi.org/19522/Event/*)
      case $e_said in
        SubmissionAcceptance | SubmissionRejection | RelayAcceptance | RelayRejection | RelayFailure) ;;
        ContentHandover | ContentHandoverFailure) ;;
        *) return 1 ;;
      esac
      [ "$e_event" = "http://uri.etsi.org/19522/Event/$e_said" ]
      ;;
    urn:embassage:event:QuarantineDecision | urn:embassage:event:TrafficSuspended) ;;
    urn:embassage:event:TrafficResumed | urn:embassage:event:ContentErasure) ;;
    *) return 1 ;;
  esac
}
# fields_right: whether the evidence has the fields of its event, and is said by the right side
fields_right() {
  f_by=recipient
  [ "$e_issuer" != "$e_sender" ] || f_by=sender
  [ "$f_by" = sender ] || [ -z "$e_recipient" ] || [ "$e_issuer" = "$e_recipient" ] || f_by=nobody
  # what may be there or not: terms where no outcome rests on them
  f_shape=$e_shape
  case $f_by:$e_said:$f_shape in
    sender:SubmissionAcceptance:'Exchange to terms outer inner manifest ') ;;
    recipient:RelayAcceptance:'Exchange to terms outer inner manifest ') ;;
    recipient:ContentHandover:'Exchange to terms outer inner manifest basis ') ;;
    sender:RelayFailure:'Exchange to terms outer inner manifest reason ') ;;
    recipient:ContentHandoverFailure:'Exchange to terms outer inner manifest reason ') ;;
    sender:ContentErasure:'Exchange to '*'outer inner manifest reason ERASE') ;;
    recipient:ContentErasure:'Exchange to '*'outer inner manifest reason ERASE') ;;
    recipient:RelayRejection:'Exchange to '*'outer inner '*'reason ') ;;
    recipient:RelayRejection:'UnopenedMessage '*'outer '*'reason ') ;;
    sender:SubmissionRejection:'Submission '*) case $f_shape in *outer* | *basis* | *[A-Z]) return 1 ;; *' reason ') ;; *) return 1 ;; esac ;;
    *:QuarantineDecision:*' reason RE'*)
      case $f_shape in *basis*) return 1 ;; *' REPROCESS' | *' RELEASE' | *' REJECT') ;; *) return 1 ;; esac
      case $f_by:$f_shape in
        sender:'Exchange to '*'outer inner '* | recipient:'Exchange to '*'outer inner '* | recipient:'UnopenedMessage '*'outer '*) ;;
        sender:'Submission '*) case $f_shape in *outer*) return 1 ;; esac ;;
        *) return 1 ;;
      esac
      ;;
    sender:TrafficSuspended:'Peer to reason SUSPEND' | sender:TrafficSuspended:'Peer to terms reason SUSPEND') ;;
    sender:TrafficResumed:'Peer to '*RESUME) case $f_shape in *outer* | *basis*) return 1 ;; esac ;;
    *) return 1 ;;
  esac
  case $e_said:$f_shape in
    QuarantineDecision:* | *:*' SUSPEND' | *:*RESUME | *:*' ERASE') ;;
    *:*[A-Z]) return 1 ;;
  esac
  [ "$e_subject" != Peer ] || [ "$e_recipient" != "$e_issuer" ]
}

# ---- 1: the files

printf '%s\n' 'Embassage evidence bundle, checked with a shell, coreutils, unzip and openssl'
# other WHAT: no verdict on what may be evidence of another kind
other() {
  printf '%s\n' "this is $1: this script judges bundles only, and embassage-verify judges it" >&2
  exit 2
}
if [ -f "$bundle" ]; then
  work=$tmp/bundle
  record=
  [ ! -f "$bundle.ers" ] || record=1
  [ "$(wc -c <"$bundle")" -le 268435456 ] || stop 'the file is larger than any bundle'
  cp -- "$bundle" "$tmp/bundle.zip" || exit 1
  case $(head -c 25 "$tmp/bundle.zip" | tr -d '\000') in embassage-misbehaviour/v1) other 'a proof of misbehaviour' ;; esac
  unpack "$tmp/bundle.zip" "$work" 268435456 || stop 'the file is no ZIP of the plain form that bundles have, or is damaged'
  rm -f "$tmp/bundle.zip"
elif [ -f "$bundle/bundle.txt" ]; then
  work=$bundle
  record=
else
  printf '%s\n' "there is no bundle: $(printable "$bundle")" >&2
  exit 5
fi
cd -- "$work" || exit 1
if [ ! -f bundle.txt ]; then
  [ ! -f dispute.txt ] || other 'a dispute file (unpacked, it has a bundle of each side under sides/)'
  [ ! -f META-INF/ASiCManifest001.xml ] || other 'a single receipt'
fi

# every file of the folder, one path a line; whatever is no plain file counts as damage
files_of() {
  for f_entry in "$1"* "$1".[!.]* "$1"..?*; do
    if [ ! -e "$f_entry" ] && [ ! -L "$f_entry" ]; then
      continue # a pattern that nothing matched
    elif ! plain "$f_entry"; then
      stop "$(printable "$f_entry") is no name of a file in a bundle: it was added"
    elif [ -L "$f_entry" ]; then
      stop "$(printable "$f_entry") is a link"
    elif [ -d "$f_entry" ]; then
      files_of "$f_entry/"
    elif [ -f "$f_entry" ]; then
      printf '%s\n' "$f_entry" >>"$tmp/there"
    elif [ -e "$f_entry" ]; then
      stop "$(printable "$f_entry") is no file"
    fi
  done
}
: >"$tmp/there"
files_of ''

# place PATH: whether a file of a bundle may lie there
place() {
  case $1 in
    notes/*/*/* | answers/*/*/*) return 1 ;;
    notes/*/*.note | answers/*/*.note | answers/*/*.opening) ;;
    */*/*) return 1 ;;
    VERIFY.md | verify.sh | completeness.txt | leaves/*.txt | receipts/*.asice | proofs/*.tlog-proof | cards/*.card.xml) ;;
    cards/*.card.xml.p7s | agreements/*.xml | agreements/*.xml.???.p7s | certificates/*.pem | crls/*.pem) ;;
    consistency/*.txt | epochs/*.txt | extracts/*.signature | extracts/*.tst | anchors/*.tst | messages/*.p7m) ;;
    *) return 1 ;;
  esac
}

heading '1. Files: each is the one that bundle.txt lists'
[ -s bundle.txt ] || stop 'bundle.txt is missing'
exporter=
last=
: >"$tmp/listed"
: >"$tmp/sums"
: >"$tmp/exchanges"
number=0
stage=0
while IFS= read -r line; do
  printf '%s\n' "$line" >&3
  word=${line%% *}
  first=${line#* }
  second=${first#* }
  first=${first%% *}
  number=$((number + 1))
  # the lines of each kind stand together, and in this order
  case $word in
    embassage-bundle/v1) rank=1; [ "$line" = "$word" ] || stop 'bundle.txt has a line that no index has' ;;
    exporter) rank=2 exporter=${line#* } ;;
    exported)
      rank=3
      is_second "${line#* }" || stop 'bundle.txt states no time of its export'
      printf '  %s\n' "$line"
      ;;
    asked)
      rank=4
      case ${line#asked} in ' ' | *[!\ -~]* | [!\ ]* | '') stop 'bundle.txt states no question as it is written' ;; esac
      [ "${#line}" -le 206 ] || stop 'bundle.txt states a question that is too long'
      printf '  %s\n' "$line"
      ;;
    exchange)
      rank=5
      is_id "$first" && is_digest "$second" || stop 'bundle.txt names an exchange that is none'
      printf '%s %s\n' "$first" "$second" >>"$tmp/exchanges"
      ;;
    file)
      rank=6
      is_digest "$first" && plain "$second" || stop 'bundle.txt lists a file with a strange name'
      place "$second" || bad "no file of a bundle lies at $second: it was added"
      printf '%s\n' "$second" >>"$tmp/listed"
      printf '%s  %s\n' "$first" "$second" >>"$tmp/sums"
      ;;
    end) rank=7 last=${line#* } ;;
    *) stop 'bundle.txt has a line that no index has' ;;
  esac
  case $rank:$stage in
    1:0 | 2:1 | 3:2 | 4:3 | 5:[45] | 6:[456] | 7:[456]) stage=$rank ;; # 4:3: one question
    *) stop 'the lines of bundle.txt are not in their order' ;;
  esac
done <bundle.txt 3>"$tmp/again"
is_gateway "$exporter" || stop 'bundle.txt names no exporter'
same "$tmp/again" bundle.txt && [ "$stage" -eq 7 ] || bad 'bundle.txt holds more than its lines'
sum=$(head -n -1 bundle.txt | sha256sum)
[ "${sum%% *}" = "$last" ] || bad 'bundle.txt was changed: its last line does not fit the others'
if [ ! -s "$tmp/sums" ] || sha256sum --strict --check --quiet "$tmp/sums" >"$tmp/said" 2>/dev/null; then
  fine "$(wc -l <"$tmp/listed") files have the SHA-256 that bundle.txt says"
else
  while IFS= read -r line; do
    bad "${line%%: *} is not the file that was exported, or is missing"
  done <"$tmp/said"
  [ -n "$failed" ] || bad 'a file is not the one that was exported'
fi
sort -c -u "$tmp/listed" 2>/dev/null && cut -d ' ' -f 1 "$tmp/exchanges" | sort -c -u 2>/dev/null || bad 'the lines of bundle.txt are not in their order'
{ printf '%s\n' bundle.txt; [ ! -f bundle.txt.p7s ] || printf '%s\n' bundle.txt.p7s; } >>"$tmp/listed"
sort -u "$tmp/listed" "$tmp/there" >"$tmp/all"
sort -u "$tmp/listed" >"$tmp/sorted"
sort "$tmp/all" "$tmp/sorted" | uniq -u >"$tmp/odd"
while IFS= read -r name; do
  [ -z "$name" ] || bad "$(printable "$name") is not listed in bundle.txt: it was added"
done <"$tmp/odd"
[ -z "$failed" ] || finish
[ -z "$record" ] || gap archive 'an evidence record lies beside the bundle, which this script does not read'

# certificates of the bundle help to build a chain and are not believed; lists must be signed by an authority anyway
number=0
for file in certificates/*.pem; do
  number=$((number + 1))
  [ -f "$file" ] && certificate "$file" || continue
  printf '%s\n' "$certificate" >>"$tmp/certificates.pem"
  # who signed anything is known by his certificate; whether to believe it is asked later
  if [ -n "$authority" ]; then
    printf '%s\n' "$certificate" >"$tmp/certificates/$number.ca"
  else
    printf '%s\n' "$certificate" >>"$tmp/signers.pem"
  fi
done
for file in crls/*.pem "$trust"/*.crl "$trust"/time-stamping/*.crl; do
  add_crl "$file"
done
: >"$tmp/tsa.pem"
for file in "$trust"/time-stamping/*.pem "$trust"/time-stamping/*.crt "$trust"/time-stamping/*.cer "$trust"/time-stamping/*.der; do
  [ -f "$file" ] || continue
  ! certificate "$file" || [ -z "$authority" ] || printf '%s\n' "$certificate" >>"$tmp/tsa.pem"
done
for file in "$trust"/*.vkey; do
  [ -f "$file" ] || continue
  while IFS= read -r line || [ -n "$line" ]; do
    name=${line%%/*}
    case $line in
      *+*+*)
        vkey "$line" || { bad "${file##*/} holds a key that is none"; continue; }
        if [ "$key_type" = 04 ]; then
          keep_key "$line" "$tmp/witnesses/pinned"
        elif is_gateway "$name"; then
          keep_key "$line" "$tmp/pinned/$name"
        fi
        ;;
    esac
  done <"$file"
done

heading "2. Exporter: bundle.txt is signed by gateway $exporter"
if [ -f bundle.txt.p7s ]; then
  if ! dissect bundle.txt.p7s; then
    bad 'the signature of bundle.txt is not of the kind that gateways make'
  elif signed_by "urn:embassage:gateway:$exporter" "${exporter%%-*}" bundle.txt.p7s bundle.txt 'the signature of bundle.txt'; then
    fine 'the signature holds: this gateway put these files together'
  fi
  if [ "$tokens" -eq 1 ]; then
    ! stamped "$tmp/value.bin" "$tmp/token.bin" 'the time-stamp of bundle.txt' time-stamp "$at" ||
      fine "the index was there at $(date -d "@$time" +%Y-%m-%dT%H:%M:%SZ)"
  fi
else
  gap exporter 'bundle.txt is not signed: who exported it, and for which question, is only said'
fi

# xml FILE: $xml is its text without comments; nothing is asked of a text with other declarations
xml() {
  [ "$(wc -c <"$1")" -le 1048576 ] || return 1
  xml=$(cat "$1")
  x_rest=$xml
  xml=
  while :; do
    case $x_rest in
      *'<!--'*'-->'*) xml="$xml${x_rest%%'<!--'*}"; x_rest=${x_rest#*'<!--'}; x_rest=${x_rest#*'-->'} ;;
      *) break ;;
    esac
  done
  xml=$xml$x_rest
  case $xml in *'<!'*) return 1 ;; esac
}
# attribute NAME TAG: $attribute is its value in the text of a tag
attribute() {
  attribute=
  case $2 in *[[:space:]]"$1=\""*'"'*) attribute=${2#*[[:space:]]"$1=\""}; attribute=${attribute%%\"*} ;; esac
}
# inner TAG TEXT: $inner is the text of the first element of that name, without white space
inner() {
  inner=
  case $2 in *"<$1>"*"</$1>"*) inner=${2#*"<$1>"}; inner=$(printf '%s' "${inner%%"</$1>"*}" | tr -d ' \t\r\n') ;; esac
}

heading '3. Peer cards: which keys a gateway uses, signed by the party key of its country'
for file in cards/*.card.xml; do
  [ -f "$file" ] || { gap card 'the bundle holds no peer card'; break; }
  gateway=${file#cards/}
  number=${gateway#*.}
  number=${number%.card.xml}
  gateway=${gateway%%.*}
  is_gateway "$gateway" && xml "$file" || { bad "$file is no peer card"; continue; }
  tag=${xml#*<PeerCard}
  tag=${tag%%>*}
  attribute gateway "$tag"
  name=$attribute
  attribute number "$tag"
  if [ "$name" != "$gateway" ] || [ "$attribute" != "$number" ]; then
    bad "$file is not the card of $gateway with that number"
    continue
  fi
  [ -f "$file.p7s" ] && dissect "$file.p7s" || { bad "the signature of $file is missing or not of the kind that countries make"; continue; }
  if signed_by "urn:embassage:party:${gateway%%-*}" "${gateway%%-*}" "$file.p7s" "$file" "$file"; then
    fine "$file"
    inner LedgerKey "$xml"
    case $inner in
      "$gateway"/*) keep_key "$inner" "$tmp/keys/$gateway" || gap card "$file holds no key of a ledger" ;;
      *) bad "$file holds another gateway's key of a ledger" ;;
    esac
    inner WitnessKey "$xml"
    case $inner in
      '') ;;
      "$gateway"/witness+*) keep_key "$inner" "$tmp/witnesses/$gateway" || bad "$file holds a key of a witness that is none" ;;
      *) bad "$file holds another's key of a witness" ;;
    esac
    # the digests of its seal certificates
    rest=$(printf '%s' "$xml" | tr -d ' \t\r\n')
    while :; do
      case $rest in *'<SealCertificate'*'</SealCertificate>'*) ;; *) break ;; esac
      rest=${rest#*'<SealCertificate'}
      name=${rest%%'</SealCertificate>'*}
      sum=$(printf '%s' "${name#*>}" | base64 -d 2>/dev/null | sha256sum)
      printf '%s %s\n' "$gateway" "${sum%% *}" >>"$tmp/seals"
    done
    printf '%s -\n' "$gateway" >>"$tmp/seals"
  fi
done
[ -f "$tmp/seals" ] || : >"$tmp/seals"

heading '4. Agreements: each party that an agreement names signed exactly its bytes'
# an agreement with all signatures: its digest, file, id, version, skew and time; below, its agencies and rules
: >"$tmp/agreements"
mkdir "$tmp/terms"
for file in agreements/*.xml; do
  [ -f "$file" ] || continue
  xml "$file" || { gap agreement "$file is written in a way that this script does not read"; continue; }
  digest_of "$file"
  terms=$tmp/terms/$sum
  tag=${xml#*<Agreement}
  tag=${tag%%>*}
  attribute id "$tag"
  name=$attribute
  attribute version "$tag"
  version=$attribute
  [ "$file" = "agreements/$name.v$version.xml" ] || { bad "$file is not the agreement that its name says"; continue; }
  parties=0
  codes=' '
  whole=1
  rest=$xml
  while :; do
    case $rest in *'<Party'[[:space:]]*) ;; *) break ;; esac
    rest=${rest#*'<Party'}
    tag=${rest%%'>'*}
    attribute code "$tag"
    code=$attribute
    attribute ca "$tag"
    ca=${attribute#sha256:}
    case $code in [A-Z][A-Z][A-Z]) ;; *) bad "$file names a party without a country"; whole=; break ;; esac
    is_digest "$ca" || { bad "$file names no authority for $code"; whole=; break; }
    case $codes in *" $code "*) bad "$file names $code twice"; whole= ;; esac
    parties=$((parties + 1))
    codes="$codes$code "
    anchors "$code"
    issuers_under "$list"
    : >"$tmp/ca-$ca.pem"
    for name in "$list.d"/*.pem; do
      [ -f "$name" ] || continue
      sum=$(openssl x509 -in "$name" -outform DER 2>/dev/null | sha256sum)
      [ "${sum%% *}" != "$ca" ] || cat "$name" >>"$tmp/ca-$ca.pem"
    done
    if [ ! -f "$file.$code.p7s" ]; then
      bad "$file: the signature of $code is missing"
      whole=
    elif [ ! -s "$tmp/ca-$ca.pem" ]; then
      doubt "$file names an authority for $code that is none of your anchors"
      whole=
    elif ! dissect "$file.$code.p7s"; then
      bad "$file: the signature of $code is not of the kind that countries make"
      whole=
    else
      signed_by "urn:embassage:party:$code" "$code" "$file.$code.p7s" "$file" "$file as signed by $code" '' "$tmp/ca-$ca.pem" || whole=
    fi
  done
  for name in "$file".*.p7s; do
    [ -f "$name" ] || continue
    code=${name#"$file."}
    case $codes in *" ${code%.p7s} "*) ;; *) bad "$name is the signature of somebody whom the agreement does not name"; whole= ;; esac
  done
  [ "$parties" -ge 2 ] || { bad "$file names fewer than two parties"; whole=; }
  [ -n "$whole" ] || continue
  fine "$file, by all $parties parties"
  tag=${xml#*<Validity}
  tag=${tag%%>*}
  attribute from "$tag"
  is_second "$attribute" && from=$(date -d "$attribute" +%s) || from=
  attribute until "$tag"
  is_second "$attribute" && until=$(date -d "$attribute" +%s) || until=
  skew=0
  case $xml in
    *'<Timing'*)
      tag=${xml#*<Timing}
      attribute clockSkewSeconds "${tag%%>*}"
      skew=$attribute
      ;;
  esac
  if ! is_number "$from" || ! is_number "$until" || ! is_number "$skew" || [ "$skew" -gt 86400 ]; then
    gap terms "$file states its time in a way that this script does not read"
    continue
  fi
  for name in Agency Rule; do
    rest=$xml
    while :; do
      case $rest in *"<$name"[[:space:]]*) ;; *) break ;; esac
      rest=${rest#*"<$name"}
      tag=${rest%%'>'*}
      attribute code "$tag"
      line=$attribute
      for attribute in id kind from to; do
        attribute "$attribute" "$tag"
        line="$line $attribute"
      done
      printf '%s\n' "$name $line" >>"$terms"
    done
  done
  printf '%s\n' "${terms##*/} $file $skew $from $until" >>"$tmp/agreements"
done
for name in agreements/*.p7s; do
  [ ! -f "$name" ] || [ -f "${name%.???.p7s}" ] || bad "$name is the signature of an agreement that is not here"
done
# agreement DIGEST: whether it is here with all signatures; $held, $held_skew, $held_from and $held_until are set
agreement() {
  while IFS=' ' read -r g_digest held held_skew held_from held_until; do
    [ "$g_digest" != "$1" ] || return 0
  done <"$tmp/agreements"
  held_skew=120
  return 1
}

heading '5. Receipts: signature, content, time-stamp, signer, place in the ledger'
: >"$tmp/roots"
: >"$tmp/answered"
: >"$tmp/placed"
: >"$tmp/facts"
# where each receipt lies: ledger, size and index of a proof that holds, the receipt; in the ledger of its issuer, and in others
: >"$tmp/covers"
: >"$tmp/copied"
: >"$tmp/unstamped"
: >"$tmp/unopened"
# receipt FILE: one receipt; what it says goes to $tmp/facts
receipt() {
  file=$1
  id=${file#receipts/}
  id=${id%.asice}
  to=$tmp/receipts/$id
  is_id "$id" && unpack "$file" "$to" 524288 || { bad "$file is no container of the plain form that receipts have"; return; }
  for name in mimetype evidence.xml checkpoints/own.txt META-INF/ASiCManifest001.xml META-INF/signature001.p7s; do
    [ -f "$to/$name" ] || { bad "$name of receipt $id is missing"; return; }
  done
  archives=0
  signed=
  r_faults=$faults
  IFS= read -r name <"$to.names"
  IFS= read -r line <"$to/mimetype"
  case $name:$line:$(wc -c <"$to/mimetype") in
    mimetype:application/vnd.etsi.asic-e+zip:31) ;;
    *) bad "receipt $id is another kind of container"; return ;;
  esac
  while IFS= read -r name; do
    case $name in
      evidence.xml | checkpoints/own.txt | checkpoints/peer.txt) signed="$signed $name" ;;
      mimetype | META-INF/ASiCManifest001.xml | META-INF/signature001.p7s | META-INF/receipt.tlog-proof) ;;
      META-INF/ASiCArchiveManifest[0-9][0-9][0-9].xml) archives=$((archives + 1)) ;;
      META-INF/timestamp[0-9][0-9][0-9].tst) ;;
      *) bad "$name in receipt $id was added: nobody signed it"; return ;;
    esac
  done <"$to.names"
  evidence "$to/evidence.xml" || { bad "evidence.xml of receipt $id was changed: it is not written as gateways write it"; return; }
  what="receipt $id ($e_said)"
  event_known || { bad "$what is about an event that nobody knows"; return; }
  [ "$e_id" = "$id" ] || { bad "$file holds another receipt than its name says"; return; }

  # the signature is over the manifest, and the manifest lists exactly the files that are signed
  # shellcheck disable=SC2086 # names of this script
  manifest "$to" META-INF/signature001.p7s application/pkcs7-signature $signed >"$tmp/manifest"
  if ! same "$tmp/manifest" "$to/META-INF/ASiCManifest001.xml"; then
    bad "$what was changed after signing: its manifest is not about these files"
    return
  fi
  e_own=$sum

  # the value of the signature and the token lie in extracts/, and are those of the receipt
  p7s=$to/META-INF/signature001.p7s
  dissect "$p7s" || { bad "the signature of $what is not of the kind that gateways make"; return; }
  cp "$tmp/token.bin" "$to.token"
  has_token=$tokens
  digest_of "$tmp/value.bin"
  e_value_digest=$sum
  if [ ! -f "extracts/$id.signature" ] || ! same "extracts/$id.signature" "$tmp/value.bin"; then
    bad "extracts/$id.signature is missing, or is not what lies in $what"
    return
  fi
  if [ "$has_token" -eq 1 ]; then
    if [ ! -f "extracts/$id.tst" ] || ! same "extracts/$id.tst" "$to.token"; then
      bad "extracts/$id.tst is missing, or is not what lies in $what"
      return
    fi
  elif [ -f "extracts/$id.tst" ]; then
    bad "extracts/$id.tst is not what lies in $what"
    return
  fi

  # by when it existed: archive time-stamps from the newest to the oldest, then its own, each judged at the one after it
  instant=
  archived "$to" "$archives" || return
  if [ "$has_token" -eq 1 ] && stamped "extracts/$id.signature" "extracts/$id.tst" "the time-stamp of $what" time-stamp "$judged"; then
    instant=$time
    [ "$archives" -eq 0 ] || [ "$time" -le "$judged" ] || doubt "$what has an archive time-stamp from before what it covers"
  fi

  signed_by "urn:embassage:gateway:$e_issuer" "${e_issuer%%-*}" "$p7s" "$to/META-INF/ASiCManifest001.xml" "$what" "$instant" || return
  [ "$e_certificate" = "$signer" ] || { bad "$what names another certificate than the one that signed it"; return; }
  any=
  card=
  while IFS=' ' read -r gateway name; do
    [ "$gateway" = "$e_issuer" ] || continue
    any=1
    [ "$name" != "$signer" ] || card=1
  done <"$tmp/seals"
  if [ -z "$any" ]; then
    gap signer-gateway "$what: the bundle holds no card of $e_issuer"
  elif [ -z "$card" ]; then
    bad "$what is signed with a certificate that no card of $e_issuer lists"
    return
  fi
  fields_right || { bad "$what does not have the fields of its event, or is not said by the side that may say it"; return; }
  if [ -n "$e_agreement_digest" ]; then
    name="agreements/$e_agreement.v$e_agreement_version.xml"
    if agreement "$e_agreement_digest"; then
      [ "$held" = "$name" ] || { bad "$what names $name by the digest of another agreement"; return; }
    elif [ -f "$name" ] && digest_of "$name" && [ "$sum" != "$e_agreement_digest" ]; then
      bad "$what names another agreement than $name"
      return
    else
      gap agreement "$what: the agreement that it names is not here with all signatures"
    fi
  else
    held_skew=120
  fi
  millis "$e_time"
  if [ -n "$instant" ] && [ "$millis" -gt $(((instant + 1 + held_skew) * 1000)) ]; then
    bad "$what says that it was made later than its time-stamp"
    return
  fi

  # the checkpoints that it carries, and its place in its issuer's ledger
  # (without a key nothing is wrong yet: what the receipt says is compared all the same)
  checkpoint "$to/checkpoints/own.txt" "$e_issuer" "checkpoints/own.txt of $what" predates || [ "$faults" -eq "$r_faults" ] || return
  own=$size
  other=$e_sender
  [ "$e_issuer" != "$e_sender" ] || other=${e_recipient:-$e_sender}
  if [ -f "$to/checkpoints/peer.txt" ]; then
    checkpoint "$to/checkpoints/peer.txt" "$other" "checkpoints/peer.txt of $what" predates || [ "$faults" -eq "$r_faults" ] || return
  fi
  printf '%s\n' embassage-leaf/v1 evidence issued "$id" "$e_event" "${e_exchange:--}" "$e_own" "$e_value_digest" >"$to.leaf"
  at_place=
  if [ ! -f "$to/META-INF/receipt.tlog-proof" ]; then
    gap inclusion "$what has no proof that it is in the ledger of $e_issuer"
  elif proof "$to/META-INF/receipt.tlog-proof" "$e_issuer" "$to.leaf" "$what"; then
    at_place="; entry $index of $origin"
    if [ "$own" -gt "$index" ]; then
      bad "$what carries a checkpoint that would already hold it"
      return
    fi
    printf '%s %s %s %s %s\n' "$origin" "$size" "$index" "$id" "$e_said" >>"$tmp/covers"
  elif [ "$faults" -ne "$r_faults" ]; then
    return
  fi
  printf '%s' "${e_exchange:--} $e_time $id $e_said $e_issuer $e_sender ${e_recipient:--} ${e_outer:--} ${e_inner:--}" \
    " ${e_manifest:--} ${e_kind:--} ${e_version:--} ${e_sequence:--} ${e_submitted:--} ${e_agreement_digest:--} ${e_clause:--}" \
    " ${e_decision:--} $e_own ${e_before:--} ${e_before_manifest:--} ${e_supersedes:--} $e_subject ${e_drop:--}/${e_record:--}
" >>"$tmp/facts"
  fine "$what by $e_issuer${instant:+; time-stamped $(date -d "@$instant" +%Y-%m-%dT%H:%M:%SZ)}$at_place"
  [ -n "$instant" ] || printf '%s %s\n' "$id" "$e_said" >>"$tmp/unstamped"
}
# manifest FOLDER OVER TYPE NAME…: the manifest that a signature or an archive time-stamp is over, as it must be written
manifest() {
  a_folder=$1
  printf '%s\n' '<?xml version="1.0" encoding="UTF-8"?>' \
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">' \
    "  <asic:SigReference URI=\"$2\" MimeType=\"$3\"/>"
  shift 3
  a_digests=
  a_hex=
  for a_name in "$@"; do a_digests="$a_digests $a_folder/$a_name"; done
  # shellcheck disable=SC2086 # names of this script, and of its temporary folder
  sha256sum $a_digests >"$tmp/digests" || return 1
  # an octet behind each makes all alike in base64: 43 digits and one for that octet
  while IFS= read -r a_line; do a_hex="$a_hex${a_line%% *}00"; done <"$tmp/digests"
  unhex "$a_hex" | base64 -w 44 >"$tmp/digests"
  for a_name in "$@"; do
    a_root=
    IFS= read -r a_line <&3 || return 1
    case $a_name in
      META-INF/ASiCArchiveManifest*) a_type=application/xml; [ "$a_name" != "${rootfile:-}" ] || a_root=' Rootfile="true"' ;;
      *.xml) a_type=application/xml ;;
      *.p7s) a_type=application/pkcs7-signature ;;
      *.tst) a_type=application/vnd.etsi.timestamp-token ;;
      *) a_type=text/plain ;;
    esac
    printf '%s\n' "  <asic:DataObjectReference URI=\"$a_name\" MimeType=\"$a_type\"$a_root>" \
      '    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>' \
      "    <ds:DigestValue>${a_line%?}=</ds:DigestValue>" \
      '  </asic:DataObjectReference>'
  done 3<"$tmp/digests"
  printf '%s\n' '</asic:ASiCManifest>'
}
# archived FOLDER COUNT: the archive time-stamps of a receipt, the newest first; $judged is when what they cover is judged
archived() {
  judged=$at
  a_next=$2
  a_tokens=0
  for a_name in "$1"/META-INF/timestamp*.tst; do [ ! -f "$a_name" ] || a_tokens=$((a_tokens + 1)); done
  [ "$a_tokens" -eq "$2" ] || { bad "$what has archive time-stamps without their manifests"; return 1; }
  while [ "$a_next" -gt 0 ]; do
    a_number=$(printf '%03d' "$a_next")
    set -- "$1" "$2" META-INF/signature001.p7s
    a_count=1
    while [ "$a_count" -lt "$a_next" ]; do set -- "$@" "META-INF/timestamp$(printf '%03d' "$a_count").tst"; a_count=$((a_count + 1)); done
    set -- "$@" META-INF/ASiCManifest001.xml
    a_count=1
    rootfile=
    while [ "$a_count" -lt "$a_next" ]; do
      rootfile=META-INF/ASiCArchiveManifest$(printf '%03d' "$a_count").xml
      set -- "$@" "$rootfile"
      a_count=$((a_count + 1))
    done
    # shellcheck disable=SC2086 # names of this script
    set -- "$@" $signed
    a_where=$1
    a_all=$2
    shift 2
    a_manifest=$a_where/META-INF/ASiCArchiveManifest$a_number.xml
    [ -f "$a_manifest" ] && [ -f "$a_where/META-INF/timestamp$a_number.tst" ] || { bad "$what lacks archive time-stamp $a_number"; return 1; }
    manifest "$a_where" "META-INF/timestamp$a_number.tst" application/vnd.etsi.timestamp-token "$@" >"$tmp/manifest"
    set -- "$a_where" "$a_all"
    if ! same "$tmp/manifest" "$a_manifest"; then
      bad "archive time-stamp $a_number of $what does not cover all that lies in the receipt as it is"
      return 1
    fi
    stamped "$a_manifest" "$a_where/META-INF/timestamp$a_number.tst" "archive time-stamp $a_number of $what" archive "$judged" || return 0
    [ "$a_next" -eq "$2" ] || [ "$time" -le "$judged" ] || doubt "$what has an archive time-stamp from before what it covers"
    judged=$time
    a_next=$((a_next - 1))
  done
  rootfile=
}
receipts=0
for file in receipts/*.asice; do
  [ -f "$file" ] || { gap receipt 'the bundle holds no receipt'; break; }
  receipts=$((receipts + 1))
  [ $((receipts % 50)) -ne 0 ] || printf '%s\n' "... $receipts receipts" >&2
  receipt "$file"
  rm -rf "$tmp/receipts/${id:?}" "$tmp/receipts/$id.names"
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
  is_id "$id" && is_gateway "$holder" || { bad "no file of a bundle lies at $file"; continue; }
  if [ ! -f "$tmp/receipts/$id.leaf" ]; then
    gap inclusion "$file is about a receipt that is not here, or not whole"
    continue
  fi
  while IFS= read -r line; do
    [ "$line" != issued ] || line=received
    printf '%s\n' "$line"
  done <"$tmp/receipts/$id.leaf" >"$tmp/received"
  if proof "$file" "$holder" "$tmp/received" "receipt $id as received by $holder"; then
    fine "receipt $id is entry $index of $origin as received"
    printf '%s %s %s %s -\n' "$origin" "$size" "$index" "$id" >>"$tmp/copied"
  fi
done
[ -n "$any" ] || fine 'none in this bundle'

heading '7. Exchanges: all receipts are about one message, in their order, and lead to an outcome'
# An UnopenedMessage belongs to the exchange with its outer digest. One line of facts is read into f_… by fact
fact() {
  IFS=' ' read -r f_exchange f_time f_id f_said f_issuer f_sender f_recipient f_outer f_inner f_manifest f_kind f_version \
    f_sequence f_submitted f_agreement f_clause f_decision f_own f_before f_before_manifest f_supersedes f_subject f_submission
}
: >"$tmp/known"
: >"$tmp/submissions"
while fact; do
  [ "$f_exchange" = - ] || printf '%s %s\n' "$f_exchange" "$f_outer" >>"$tmp/known"
done <"$tmp/facts"
sort -u "$tmp/known" >"$tmp/known.sorted"
while fact; do
  mine=$f_exchange
  if [ "$f_subject" = UnopenedMessage ]; then
    while IFS=' ' read -r one outer; do
      [ "$outer" != "$f_outer" ] || { mine=$one; break; }
    done <"$tmp/known.sorted"
  fi
  printf '%s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s %s\n' "$mine" "$f_time" "$f_id" "$f_said" "$f_issuer" \
    "$f_sender" "$f_recipient" "$f_outer" "$f_inner" "$f_manifest" "$f_kind" "$f_version" "$f_sequence" "$f_submitted" \
    "$f_agreement" "$f_clause" "$f_decision" "$f_own" "$f_before" "$f_before_manifest" "$f_supersedes" "$f_subject" "$f_submission"
  # of which exchange or traffic it is, for the links to earlier receipts
  case $f_subject:$mine in
    Peer:*) about=$f_sender/$f_recipient ;;
    *:-) about=$f_outer:$f_submission ;;
    *) about=$mine ;;
  esac
  printf '%s\n' "$f_own $about $f_issuer $f_sender $f_recipient $f_sequence $f_subject" >"$tmp/receipts/$f_id.about"
  case $f_said in
    SubmissionAcceptance | SubmissionRejection) printf '%s %s %s\n' "$f_submission:$f_recipient" "$f_said" "$f_id" >>"$tmp/submissions" ;;
  esac
done <"$tmp/facts" | sort >"$tmp/facts.sorted"
# must_follow EVENT EARLIER: whether the first cannot come before the second
must_follow() {
  case $1:$2 in
    RelayAcceptance:SubmissionAcceptance | RelayRejection:SubmissionAcceptance | RelayFailure:SubmissionAcceptance) ;;
    QuarantineDecision:SubmissionAcceptance | ContentErasure:SubmissionAcceptance) ;;
    ContentHandover:SubmissionAcceptance | ContentHandoverFailure:SubmissionAcceptance) ;;
    ContentHandover:RelayAcceptance | ContentHandoverFailure:RelayAcceptance) ;;
    *) return 1 ;;
  esac
}
# has EVENT…: whether the exchange has them all
has() {
  for h_event in "$@"; do
    case $events in *" $h_event "*) ;; *) return 1 ;; esac
  done
}
# of_exchange ID OUTER: judges the receipts of $tmp/group; OUTER is what bundle.txt says, or -
of_exchange() {
  events=' '
  x_superseded=
  x_skew=120
  x_asked=
  x_values=
  x_first=
  x_good=1
  while fact; do
    case $events in
      *" $f_said "*) case $f_said in QuarantineDecision | ContentErasure) ;; *) bad "exchange $1 has two receipts that say $f_said"; x_good= ;; esac ;;
    esac
    events="$events$f_said "
    [ "$f_supersedes" = - ] || x_superseded=$f_supersedes
    if [ -z "$x_asked" ] && [ "$f_agreement" != - ] && agreement "$f_agreement"; then
      x_skew=$held_skew
      x_asked=1
    fi
    [ "$2" = - ] || [ "$f_outer" = "$2" ] || { bad "a receipt of exchange $1 is about another message than bundle.txt says"; x_good=; }
    # what must be the same wherever two receipts state it
    for x_value in "sender=$f_sender" "recipient=$f_recipient" "outer digest=$f_outer" "inner digest=$f_inner" \
      "manifest digest=$f_manifest" "kind=$f_kind" "schema version=$f_version" "sequence number=$f_sequence" "submission time=$f_submitted"; do
      case $x_value in *=-) continue ;; esac
      case $x_values in
        *"/${x_value%%=*}=${x_value#*=}/"*) ;;
        *"/${x_value%%=*}="*) bad "the receipts of exchange $1 state another ${x_value%%=*}"; x_good= ;;
        *) x_values="$x_values/$x_value/" ;;
      esac
    done
    # terms: all under one agreement, and a success only by a rule of it
    case $f_said in
      RelayRejection | QuarantineDecision) ;;
      *)
        [ "$f_agreement" = - ] || [ "${x_first:-$f_agreement}" = "$f_agreement" ] ||
          { bad "the receipts of exchange $1 name different agreements"; x_good=; }
        [ "$f_agreement" = - ] || x_first=$f_agreement
        ;;
    esac
    case $f_said in SubmissionAcceptance | RelayAcceptance | ContentHandover) permitted "$1" || x_good= ;; esac
    if [ "$f_submitted" != - ]; then
      millis "$f_time"
      x_time=$millis
      millis "$f_submitted"
      [ $((x_time + x_skew * 1000)) -ge "$millis" ] || { bad "receipt $f_id ($f_said) says a time before the submission that it states"; x_good=; }
    fi
  done <"$tmp/group"
  # the order: one gateway has one clock, the clocks of two may be apart
  while fact; do
    x_said=$f_said x_id=$f_id x_issuer=$f_issuer x_sender=$f_sender
    millis "$f_time"
    x_time=$millis
    while fact; do
      if ! must_follow "$x_said" "$f_said"; then
        # a gateway erases what it has closed, and its sender what it knows the outcome of
        [ "$x_said" = ContentErasure ] && [ "$f_said" != ContentErasure ] || continue
        if [ "$f_issuer" != "$x_issuer" ]; then
          case $f_said in RelayRejection | ContentHandover | ContentHandoverFailure) ;; *) continue ;; esac
          [ "$x_issuer" = "$x_sender" ] && ! has RelayFailure || continue
        fi
      fi
      x_allowed=0
      [ "$f_issuer" = "$x_issuer" ] || x_allowed=$((x_skew * 1000))
      millis "$f_time"
      [ $((x_time + x_allowed)) -ge "$millis" ] ||
        { bad "receipt $x_id ($x_said) says that it came before receipt $f_id ($f_said), which it must follow"; x_good=; }
    done <"$tmp/group"
  done <"$tmp/group"
  if has RelayAcceptance RelayRejection || has ContentHandover ContentHandoverFailure ||
    has ContentHandover RelayRejection || has ContentHandoverFailure RelayRejection; then
    bad "exchange $1 has receipts that contradict each other:$events"
    x_good=
  fi
  x_whole=
  if has SubmissionAcceptance RelayRejection || has SubmissionAcceptance RelayFailure; then
    x_whole=1
    ! has RelayAcceptance || has ContentHandover || has ContentHandoverFailure || x_whole=
  fi
  if has SubmissionAcceptance RelayAcceptance ContentHandover || has SubmissionAcceptance RelayAcceptance ContentHandoverFailure; then x_whole=1; fi
  if [ -z "$x_good" ]; then
    :
  elif [ -n "$x_whole" ]; then
    fine "exchange $1:$events"
  elif [ -n "$x_superseded" ] && ! has ContentHandover && handed_over "$x_superseded"; then
    fine "exchange $1 supersedes $x_superseded, which was handed over and answers for it:$events"
  else
    gap complete "exchange $1 has only:$events"
  fi
  if [ -f "messages/$1.p7m" ]; then
    digest_of "messages/$1.p7m"
    case $x_values in
      *"/outer digest=$sum/"*) fine "messages/$1.p7m is the message that travelled" ;;
      *) bad "messages/$1.p7m is another message" ;;
    esac
  fi
}
# handed_over EXCHANGE: whether a receipt of the bundle says so
handed_over() {
  while IFS=' ' read -r o_exchange _ _ o_said _; do
    [ "$o_exchange $o_said" != "$1 ContentHandover" ] || return 0
  done <"$tmp/facts.sorted"
  return 1
}
# permitted EXCHANGE: whether the success of f_… is one that its agreement permits
permitted() {
  if [ "$f_decision" != PERMIT ]; then
    bad "receipt $f_id ($f_said) reports a success although its decision is not PERMIT"
    return 1
  fi
  agreement "$f_agreement" || return 0 # said already
  p_agencies=' '
  p_rule=
  while IFS=' ' read -r p_word p_id p_kind p_from p_to; do
    case $p_word:$p_id in
      Agency:*) p_agencies="$p_agencies$p_id " ;;
      "Rule:$f_clause")
        p_rule=1
        [ "$p_kind" = "$f_kind" ] || p_rule=other
        case $p_from in "$f_sender" | "${f_sender%%-*}") ;; *) p_rule=other ;; esac
        case $p_to in "$f_recipient" | "${f_recipient%%-*}") ;; *) p_rule=other ;; esac
        ;;
    esac
  done <"$tmp/terms/$f_agreement"
  case $p_rule in
    '') bad "receipt $f_id ($f_said) cites a clause that is no rule of $held"; return 1 ;;
    other) bad "receipt $f_id ($f_said) cites a clause of $held that does not speak of this kind between these gateways"; return 1 ;;
  esac
  case $p_agencies in
    *" $f_sender "*) ;;
    *) p_rule= ;;
  esac
  case $p_agencies in
    *" $f_recipient "*) ;;
    *) p_rule= ;;
  esac
  [ -n "$p_rule" ] || { bad "receipt $f_id ($f_said) is between gateways that $held does not name"; return 1; }
  millis "$f_submitted"
  if [ "$millis" -lt $(((held_from - held_skew) * 1000)) ] || [ "$millis" -ge $(((held_until + held_skew) * 1000)) ]; then
    bad "receipt $f_id ($f_said) was submitted while $held was not in force"
    return 1
  fi
}
cut -d ' ' -f 1 "$tmp/exchanges" >"$tmp/indexed"
# outer_of EXCHANGE: $outer is what bundle.txt says of it, or -
outer_of() {
  outer=-
  while IFS=' ' read -r o_exchange o_outer; do
    [ "$o_exchange" != "$1" ] || { outer=$o_outer; printf '%s\n' "$1" >>"$tmp/seen"; return; }
  done <"$tmp/exchanges"
}
: >"$tmp/seen"
: >"$tmp/group"
before=
# the empty line at the end closes the last group
{ cat "$tmp/facts.sorted"; printf '\n'; } >"$tmp/facts.closed"
while IFS= read -r line; do
  mine=${line%% *}
  if [ "$mine" != "$before" ]; then
    case $before in
      '' | -) ;;
      *) outer_of "$before"; of_exchange "$before" "$outer" ;;
    esac
    : >"$tmp/group"
    before=$mine
  fi
  printf '%s\n' "$line" >>"$tmp/group"
done <"$tmp/facts.closed"
sort "$tmp/seen" "$tmp/indexed" | uniq -u >"$tmp/odd"
while IFS= read -r name; do
  gap complete "exchange $name is listed in bundle.txt, but no whole receipt of it is here"
done <"$tmp/odd"
# one submission to one recipient is not both accepted and rejected
sort "$tmp/submissions" >"$tmp/submissions.sorted"
before=
while IFS=' ' read -r name said id; do
  case $before:$name:$said in
    "$name SubmissionAcceptance:$name:SubmissionRejection") bad "receipt $id rejects a submission that another receipt accepts" ;;
  esac
  before="$name $said"
done <"$tmp/submissions.sorted"
# each link to an earlier receipt leads to that receipt, and stays with one exchange or one pair's traffic
while fact; do
  [ "$f_before" != - ] || continue
  if [ ! -f "$tmp/receipts/$f_before.about" ]; then
    gap previous "receipt $f_id ($f_said) follows receipt $f_before, of which no whole copy is here"
    continue
  fi
  IFS=' ' read -r own about _ <"$tmp/receipts/$f_before.about"
  IFS=' ' read -r _ mine _ <"$tmp/receipts/$f_id.about"
  [ "$own" = "$f_before_manifest" ] || bad "receipt $f_id ($f_said) follows another receipt $f_before than the one that is here: that one was replaced"
  [ "$about" = "$mine" ] || bad "receipt $f_id ($f_said) follows a receipt of another exchange"
done <"$tmp/facts.sorted"
sort -u "$tmp/serves" >"$tmp/serves.sorted"
before=
while IFS=' ' read -r name _; do
  [ "$name" != "$before" ] || bad "one of your anchors, which you bound to no country, speaks for two: one country could have made the other's keys"
  before=$name
done <"$tmp/serves.sorted"

heading '8. Ledgers: no ledger shows two histories'
for file in notes/*/*.note; do
  [ -f "$file" ] || continue
  name=${file##*/}
  gateway=${name%%.*}
  holder=${file#notes/}
  is_gateway "${holder%%/*}" && is_gateway "$gateway" || { bad "no file of a bundle lies at $file"; continue; }
  checkpoint "$file" "$gateway" "$file" ledgers || continue
  digest_of "$file"
  [ "$name" = "$gateway.$size.${sum%????????????????????????????????????????????????????????}.note" ] || bad "$file is not the note that its name says"
done
# a signed answer must tell the same history, but is no checkpoint that others must join; its nonce was made of the opening, and
# of the note that the asker then held
for file in answers/*/*.note; do
  [ -f "$file" ] || continue
  name=${file##*/}
  gateway=${name%%.*}
  is_gateway "$gateway" && split_note "$file" || { bad "$file is no signed answer"; continue; }
  asked=
  stated=
  { IFS= read -r line && IFS= read -r origin && IFS= read -r nonce && IFS= read -r size && IFS= read -r name &&
    { ! IFS= read -r asked || IFS= read -r stated; }; } <"$tmp/text" || name=
  printf '%s\n' "$name" >"$tmp/root"
  root=$(hashes "$tmp/root") || root=
  if [ "$n_text" != "embassage-ledger-answer/v1
$origin
$nonce
$size
$name
${asked:+asked ${asked#asked }
$stated
}" ] || ! is_digest "$nonce" || ! is_number "$size" || [ ${#root} -ne 64 ] || ! plain "$origin"; then
    bad "$file is no signed answer"
    continue
  fi
  # what it states of the size that the asker said it holds
  if [ -n "$asked" ]; then
    printf '%s\n' "$stated" >"$tmp/root"
    stated=$(hashes "$tmp/root") || stated=
    asked=${asked#asked }
    if ! is_number "$asked" || [ "$asked" -eq 0 ] || [ "$asked" -gt "$size" ] || [ ${#stated} -ne 64 ]; then
      bad "$file is no signed answer"
      continue
    fi
  fi
  case $origin in "$gateway"/receipts/?*) ;; *) bad "$file is no answer of $gateway"; continue ;; esac
  by_ledger "$origin" "$gateway"
  case $? in
    1) bad "$file is not signed by the ledger key of $gateway"; continue ;;
    2) gap ledgers "$file cannot be judged: no card and no pinned key gives the key of ledger $origin"; continue ;;
  esac
  printf '%s %s %s\n' "$origin" "$size" "$root" >>"$tmp/answered"
  [ -z "$asked" ] || printf '%s\n' "$origin $asked $stated" >>"$tmp/answered"
  opening=${file%.note}.opening
  if [ ! -f "$opening" ]; then
    gap ledgers "$file has no opening of its nonce here"
    continue
  fi
  digest_of "$opening"
  [ "$sum" = "$nonce" ] || { bad "$opening is not what the nonce of $file was made of"; continue; }
  tail -n +3 "$opening" >"$tmp/held.note"
  if [ -s "$tmp/held.note" ]; then
    answered=$size
    ledger=$origin
    checkpoint "$tmp/held.note" "$gateway" "the note in $opening" ledgers || continue
    [ "$origin" != "$ledger" ] || [ "$answered" -ge "$size" ] ||
      { bad "$file answers with size $answered, although size $size was held when its nonce was made: $gateway took back what it had shown"; continue; }
    fine "$gateway answered with size $answered when size $size was held"
  else
    fine "$gateway answered with size $size when nothing was held"
  fi
done
sort -u "$tmp/roots" >"$tmp/roots.sorted"
sort -u "$tmp/roots" "$tmp/answered" >"$tmp/roots.all"
before=
while IFS=' ' read -r origin size root; do
  [ "$before" != "$origin $size" ] || bad "ledger $origin shows two histories of size $size, both signed with its key"
  before="$origin $size"
done <"$tmp/roots.all"
# an entry is one leaf, and a receipt has one place, in whichever proofs that hold
sort -u "$tmp/placed" >"$tmp/placed.sorted"
cut -d ' ' -f 1,2 "$tmp/placed.sorted" | uniq -d >"$tmp/odd"
cut -d ' ' -f 1,3 "$tmp/placed.sorted" | sort | uniq -d >>"$tmp/odd"
while IFS=' ' read -r origin name; do
  bad "ledger $origin was rewritten: proofs say two things of entry $name"
done <"$tmp/odd"
: >"$tmp/edges"
for file in consistency/*.txt; do
  [ -f "$file" ] || continue
  : >"$tmp/path"
  number=0
  origin=
  from=
  to=
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    number=$((number + 1))
    case $number in
      1) [ "$line" = embassage-consistency/v1 ] || break ;;
      2) [ "$line" != "${line#origin }" ] || break; origin=${line#origin } ;;
      3) [ "$line" != "${line#from }" ] || break; from=${line#from } ;;
      4) [ "$line" != "${line#to }" ] || break; to=${line#to } ;;
      *) printf '%s\n' "$line" >>"$tmp/path" ;;
    esac
  done <"$file" 3>"$tmp/again"
  if ! { is_number "$from" && is_number "$to" && [ "$from" -gt 0 ] && [ "$to" -gt "$from" ] && same "$tmp/again" "$file"; }; then
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
# the checkpoints, as ledger:size, from which proofs lead to the greatest one of their ledger
joined=' '
# covered ORIGIN SIZE INDEX OTHER: whether a checkpoint of size OTHER holds the entry that a proof places at INDEX in size SIZE
covered() {
  [ "$4" -gt "$3" ] || return 1
  [ "$2" != "$4" ] || return 0
  case $joined in *" $1:$2 "*) ;; *) return 1 ;; esac
  case $joined in *" $1:$4 "*) return 0 ;; esac
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
    if reaches "$ledger" "$size" "$greatest"; then joined="$joined$ledger:$size "; else missing=$((missing + 1)); fi
  done <"$tmp/roots.sorted"
  if [ "$missing" -eq 0 ]; then
    fine "$ledger: every checkpoint is proven to be a beginning of the one of size $greatest"
  else
    gap continuity "$ledger: for $missing checkpoints there is no proof that size $greatest continues them"
  fi
done <"$tmp/origins"

heading '9. Witnesses: somebody else signed that he saw the ledger'
# each good note once more, for the cosignatures (c2sp.org/tlog-cosignature) by known witnesses who are not the ledger's
# own gateway: $tmp/witnessed has a line for each, of ledger, size and the witness's key
: >"$tmp/witnessed"
for file in "$tmp"/notes/*.note; do
  [ -f "$file" ] || continue
  split_note "$file" || continue
  IFS=' ' read -r origin size root <"${file%.note}"
  for key in "$tmp"/witnesses/*/*.der; do
    [ -f "$key" ] || continue
    IFS=' ' read -r name hash type <"${key%.der}.name"
    case $type:$name in 04:"${origin%%/*}"/*) continue ;; 04:*) ;; *) continue ;; esac
    line_of "$name" "$hash" || continue
    [ ${#octets} -eq 144 ] || { bad "the signature of witness $name on a checkpoint of ${origin%%/*} is none"; continue; }
    rest=${octets#????????????????}
    seconds=$((0x${octets%"$rest"}))
    { printf 'cosignature/v1\ntime %s\n' "$seconds"; cat "$tmp/text"; } >"$tmp/cosigned"
    if ed25519 "$key" "$tmp/cosigned" "$rest"; then
      digest_of "$key"
      printf '%s %s %s\n' "$origin" "$size" "$sum" >>"$tmp/witnessed"
    else
      bad "the signature of witness $name on a checkpoint of ${origin%%/*} is not over that checkpoint"
    fi
  done
done
sort -u "$tmp/witnessed" >"$tmp/witnessed.sorted"
while IFS=' ' read -r origin size index id said; do
  by=' '
  count=0
  while IFS=' ' read -r one greater key; do
    [ "$one" = "$origin" ] || continue
    case $by in *" $key "*) continue ;; esac
    covered "$origin" "$size" "$index" "$greater" || continue
    by="$by$key "
    count=$((count + 1))
  done <"$tmp/witnessed.sorted"
  if [ "$count" -ge "$wanted" ]; then
    fine "receipt $id ($said) is under a checkpoint that $count known witness(es) signed"
  else
    gap witnessed "receipt $id ($said) is under no checkpoint that $wanted known witness(es) signed"
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
    gap time-stamp "$file is about a note that is not here"
  elif stamped "$over" "$file" "$file" time-stamp "$at"; then
    digest_of "$over"
    [ -f "$tmp/notes/$sum" ] || continue
    IFS=' ' read -r origin size root <"$tmp/notes/$sum"
    fine "the checkpoint of size $size of $origin was there at $(date -d "@$time" +%Y-%m-%dT%H:%M:%SZ)"
    printf '%s %s\n' "$origin" "$size" >>"$tmp/anchored"
  fi
done
cat "$tmp/covers" "$tmp/copied" >"$tmp/places"
while IFS=' ' read -r id said; do
  stands=
  while IFS=' ' read -r origin size index one _; do
    [ "$one" = "$id" ] || continue
    while IFS=' ' read -r ledger greater; do
      [ "$ledger" = "$origin" ] && covered "$origin" "$size" "$index" "$greater" && stands=1
    done <"$tmp/anchored"
  done <"$tmp/places"
  [ -n "$stands" ] || gap time-stamp "receipt $id ($said) has no time-stamp: its time is its issuer's own word"
done <"$tmp/unstamped"

# a statement that nothing is missing from a stretch of the exporter's ledger: completeness.txt and what leaves/ shows

# stated: reads completeness.txt into $p_… and its numbers into $tmp/stated, and sees that it is nothing else
stated() {
  p_stage=0
  p_gateway='' p_origin='' p_from='' p_to='' p_scope='' p_part='' p_pair=''
  : >"$tmp/stated"
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $p_stage:$line in
      0:embassage-completeness/v1) p_stage=1 ;;
      1:'gateway '*) p_stage=2 p_gateway=${line#* } ;;
      2:'origin '*) p_stage=3 p_origin=${line#* } ;;
      3:'entries '*' to '*)
        p_stage=4
        p_to=${line##* }
        p_from=${line#entries }
        p_from=${p_from%% *}
        [ "$line" = "entries $p_from to $p_to" ] || return 1
        ;;
      4:'scope all' | 4:'scope query' | 4:'scope peer '* | 4:'scope agreement '*)
        p_stage=5
        p_scope=${line#* }
        case ${p_scope#* } in *[!A-Za-z0-9-]*) return 1 ;; esac
        ;;
      5:'since '????-??-??T??:??:??Z) p_stage=6 ;;
      [56]:'until '????-??-??T??:??:??Z) p_stage=7 ;;
      [567]:'part '*' of '*) p_stage=8 p_part=${line#part } ;;
      8:'pair '* | 8:'hole '* | 8:'elsewhere '*)
        # shellcheck disable=SC2086 # words of the line
        set -f && set -- $line && set +f
        [ $# -eq 5 ] && is_gateway "$2" && is_gateway "$3" && is_number "$4" && is_number "$5" || return 1
        [ "$4" -gt 0 ] && [ "$5" -ge "$4" ] && [ "$line" = "$*" ] || return 1
        if [ "$1" = pair ]; then
          p_pair="$2 $3"
          p_first=$4
          p_last=$5
        else
          [ "$p_pair" = "$2 $3" ] && [ "$4" -ge "$p_first" ] && [ "$5" -le "$p_last" ] || return 1
        fi
        printf '%s\n' "$2 $3 $1 $4 $5" >>"$tmp/stated"
        ;;
      *) return 1 ;;
    esac
  done <completeness.txt 3>"$tmp/again"
  [ "$p_stage" -eq 8 ] && same "$tmp/again" completeness.txt && is_gateway "$p_gateway" && plain "$p_origin" || return 1
  case $p_origin in "$p_gateway"/receipts/*[!A-Za-z0-9]* | "$p_gateway"/receipts/) return 1 ;; "$p_gateway"/receipts/*) ;; *) return 1 ;; esac
  is_number "$p_from" && is_number "$p_to" && [ "$p_from" -lt "$p_to" ]
}
# shown FILE: reads the entries: the hashes of what lies outside go to $tmp/outside, those of the entries to $tmp/inside,
# and "INDEX LEAF" or "INDEX hidden" to $tmp/shown; $p_size is set
shown() {
  p_stage=0
  p_index=$p_from
  : >"$tmp/path"
  : >"$tmp/inside"
  : >"$tmp/shown"
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $p_stage:$line in
      0:embassage-leaves/v1) p_stage=1 ;;
      1:"origin $p_origin") p_stage=2 ;;
      2:"from $p_from") p_stage=3 ;;
      3:"to $p_to") p_stage=4 ;;
      4:'size '*) p_stage=5 p_size=${line#size } ;;
      5:'hash '*) printf '%s\n' "${line#hash }" >>"$tmp/path" ;;
      [56]:'leaf '* | [56]:'hidden '*)
        p_stage=6
        if [ "${line%% *}" = hidden ]; then
          printf '%s\n' "${line#hidden }" >"$tmp/root"
          p_hash=$(hashes "$tmp/root") || return 1
          printf '%s\n' "$p_index hidden" >>"$tmp/shown"
        else
          printf '%s' "${line#leaf }" | base64 -d >"$tmp/leaf" 2>/dev/null || return 1
          p_hash=$({ printf '\000'; cat "$tmp/leaf"; } | sha256sum)
          p_hash=${p_hash%% *}
          # its lines as the words of one line
          printf '%s %s\n' "$p_index" "$(tr '\n ' ' _' <"$tmp/leaf")" >>"$tmp/shown"
        fi
        [ ${#p_hash} -eq 64 ] || return 1
        printf '%s\n' "$p_hash" >>"$tmp/inside"
        printf '%s\n' "$p_index $p_hash" >>"$tmp/entries"
        p_index=$((p_index + 1))
        [ $((p_index % 500)) -ne 0 ] || printf '%s\n' "... entry $p_index" >&2
        ;;
      *) return 1 ;;
    esac
  done <"$1" 3>"$tmp/again"
  same "$tmp/again" "$1" && is_number "$p_size" && [ "$p_index" -eq "$p_to" ] && [ "$p_size" -ge "$p_to" ] && hashes "$tmp/path" >"$tmp/outside"
}
# over LOW HIGH: $hashed is the hash over these entries, from what lies outside (read from 4) and inside (read from 5)
over() {
  if [ "$2" -le "$p_from" ] || [ "$1" -ge "$p_to" ]; then
    IFS= read -r hashed <&4 || hashed=
  elif [ $(($2 - $1)) -eq 1 ]; then
    IFS= read -r hashed <&5 || hashed=
  else
    # the left part is the greatest power of two below the whole
    p_half=1
    while [ $((p_half * 2)) -lt $(($2 - $1)) ]; do p_half=$((p_half * 2)); done
    set -- "$1" "$2" $(($1 + p_half))
    over "$1" "$3"
    set -- "$1" "$2" "$3" "$hashed"
    over "$3" "$2"
    node "$4" "$hashed"
    hashed=$node
  fi
}
# entry INDEX LINE…: what one entry says, beside the receipts of the bundle
entry() {
  p_index=$1
  shift
  case $*:$# in
    hidden:1)
      p_hidden=$((p_hidden + 1))
      [ "$p_scope" != all ] || bad "entry $p_index is shown as a hash only, but the statement is about all entries"
      return
      ;;
    'embassage-leaf/v1 epoch '*:4)
      [ "$p_index" -eq 0 ] || bad "entry $p_index begins a ledger"
      p_others=$((p_others + 1))
      return
      ;;
  esac
  [ "$p_index" -ne 0 ] || bad 'entry 0 does not begin the ledger'
  case $*:$# in
    'embassage-leaf/v1 evidence issued '*:8 | 'embassage-leaf/v1 evidence received '*:8) ;;
    'embassage-leaf/v1 void '*:6)
      p_others=$((p_others + 1))
      is_gateway "$3" && is_gateway "$4" && is_number "$5" && is_number "$6" || { bad "entry $p_index is not written as an entry of a ledger"; return; }
      printf '%s\n' "$3 $4 void $5 $6" >>"$tmp/stated"
      return
      ;;
    'embassage-leaf/v1 act '*:6 | 'embassage-leaf/v1 agreement '*:5) p_others=$((p_others + 1)); return ;;
    *) bad "entry $p_index is not written as an entry of a ledger"; return ;;
  esac
  is_id "$4" && is_digest "$7" && is_digest "$8" && { [ "$6" = - ] || is_id "$6"; } || { bad "entry $p_index is not written as an entry of a ledger"; return; }
  p_event=${5##*[/:]}
  if [ -f "$tmp/receipts/$4.about" ]; then
    p_receipts=$((p_receipts + 1))
    IFS=' ' read -r _ _ p_issuer p_sender p_recipient p_sequence p_subject <"$tmp/receipts/$4.about"
    p_side=received
    [ "$p_issuer" != "$p_gateway" ] || p_side=issued
    p_line=
    while IFS= read -r line; do
      [ "$line" != issued ] || line=$p_side
      p_line="$p_line$line "
    done <"$tmp/receipts/$4.leaf"
    [ "$p_line" = "$* " ] || bad "entry $p_index is of another $p_event $4 than the one in the bundle: one was replaced"
    case $p_subject:$p_recipient in
      Exchange:-) ;;
      Exchange:*) printf '%s\n' "$p_sender $p_recipient used $p_sequence $p_sequence" >>"$tmp/stated" ;;
    esac
    return
  fi
  p_missing="$p_event $4, entry $p_index of the ledger of $p_gateway, is missing: it was left out or damaged"
  case $3:$p_event:$6 in
    *:-) bad "$p_missing" ;;
    *:SubmissionAcceptance:* | *:SubmissionRejection:* | issued:RelayAcceptance:* | issued:RelayRejection:*) bad "$p_missing" ;;
    *) if [ -f "$tmp/of/$6" ]; then bad "$p_missing, though others of its exchange are here"; else p_before=$((p_before + 1)); fi ;;
  esac
}
# accounted: of each pair every number is in a receipt, void, admitted or elsewhere, and in no two
accounted() {
  # the range of a pair comes first, then in the order of numbers; at the same number what is no receipt comes first
  p_pair=
  p_next=0
  p_last=-1
  p_told=0
  {
    while IFS=' ' read -r p_sender p_recipient p_kind p_first p_end; do
      case $p_kind in pair) p_rank=0 ;; used) p_rank=2 ;; *) p_rank=1 ;; esac
      [ "$p_rank" -gt 0 ] && p_key=$p_first || p_key=0
      printf '%s\n' "$p_sender $p_recipient $p_key $p_rank $p_first $p_end $p_kind"
    done <"$tmp/stated" | sort -u -k 1,1 -k 2,2 -k 3,3n -k 4,4n -k 5,5n -k 6,6n -k 7,7
    printf '%s\n' '- - 0 0 1 0 pair'
  } >"$tmp/numbers"
  while IFS=' ' read -r p_sender p_recipient _ _ p_first p_end p_kind; do
    case $p_kind in
      pair)
        [ "$p_next" -gt "$p_last" ] ||
          bad "sequence numbers $p_next to $p_last from $p_pair: no receipt here is about them, and the exporter does not say why"
        p_pair="$p_sender to $p_recipient"
        p_low=$p_first
        p_next=$p_first
        p_last=$p_end
        p_told=0
        continue
        ;;
      used)
        if [ "$p_pair" != "$p_sender to $p_recipient" ] || [ "$p_first" -lt "$p_low" ] || [ "$p_first" -gt "$p_last" ]; then
          bad "sequence number $p_first from $p_sender to $p_recipient is in a receipt that is entered there, but the statement leaves it out"
          continue
        fi
        [ "$p_first" -gt "$p_told" ] ||
          bad "sequence number $p_first from $p_pair is in a receipt, but is said to be void, missing or elsewhere"
        ;;
      *)
        [ "$p_pair" = "$p_sender to $p_recipient" ] || continue # void numbers of a direction that is not stated
        if [ "$p_kind" = void ]; then
          [ "$p_first" -ge "$p_low" ] || p_first=$p_low
          [ "$p_end" -le "$p_last" ] || p_end=$p_last
          [ "$p_first" -le "$p_end" ] || continue
        fi
        [ "$p_end" -le "$p_told" ] || p_told=$p_end
        [ "$p_kind" != hole ] || gap period "sequence numbers $p_first to $p_end from $p_pair: the exporter admits that it has nothing; ask the other gateway"
        ;;
    esac
    if [ "$p_first" -gt "$p_next" ]; then
      bad "sequence numbers $p_next to $((p_first - 1)) from $p_pair: no receipt here is about them, and the exporter does not say why"
    fi
    [ "$p_end" -lt "$p_next" ] || p_next=$((p_end + 1))
  done <"$tmp/numbers"
}
# period: judges the statement
period() {
  [ -f completeness.txt ] || { bad 'entries of a ledger are here without completeness.txt: it was left out'; return; }
  stated || { bad 'completeness.txt is not written as such a statement: it was changed'; return; }
  [ "$p_gateway" = "$exporter" ] || { bad "completeness.txt is a statement of $p_gateway, which did not export this"; return; }
  p_file=leaves/$p_gateway.${p_origin##*/}.$p_from-$p_to.txt
  [ "$p_shown" = "$p_file " ] || { bad "completeness.txt is about $p_file, which is not here or not alone"; return; }
  : >"$tmp/entries"
  shown "$p_file" || { bad "$p_file does not show the entries of its name: it was changed"; return; }
  { over 0 "$p_size"; IFS= read -r line <&4 && hashed='more than was said'; } 4<"$tmp/outside" 5<"$tmp/inside"
  p_any=
  while IFS=' ' read -r origin size root; do
    [ "$origin $size" = "$p_origin $p_size" ] || continue
    p_any=1
    [ "$root" = "$hashed" ] || { bad "the entries that are shown do not lead to the root that $p_origin signed at size $p_size"; return; }
  done <"$tmp/roots.sorted"
  if [ -z "$p_any" ]; then
    p_key=
    for file in "$tmp/keys/$p_gateway"/*.name "$tmp/pinned/$p_gateway"/*.name; do
      [ ! -f "$file" ] || IFS=' ' read -r p_key _ <"$file"
    done
    if [ -n "$p_key" ]; then
      bad "no checkpoint of $p_origin at size $p_size is here, from which its entries are shown"
    else
      gap period "the entries that are shown of ledger $p_origin cannot be judged: nobody gives its key"
    fi
    return
  fi
  mkdir "$tmp/of"
  while IFS=' ' read -r name _; do : >"$tmp/of/$name"; done <"$tmp/known"
  p_receipts=0 p_others=0 p_before=0 p_hidden=0
  p_faults=$faults
  while IFS=' ' read -r p_index line; do
    IFS=' '
    # shellcheck disable=SC2086 # words of the leaf
    set -f && set -- $line && set +f
    unset IFS
    entry "$p_index" "$@"
  done <"$tmp/shown"
  # what proofs place there is the entry there
  while IFS=' ' read -r origin p_index p_hash; do
    [ "$origin" != "$p_origin" ] || [ "$p_index" -lt "$p_from" ] || [ "$p_index" -ge "$p_to" ] || printf '%s\n' "$p_index $p_hash" >>"$tmp/entries"
  done <"$tmp/placed"
  sort -u "$tmp/entries" | cut -d ' ' -f 1 | uniq -d >"$tmp/odd"
  while IFS= read -r p_index; do
    bad "entry $p_index is not the one that a proof places there: two histories of the ledger are shown"
  done <"$tmp/odd"
  accounted
  [ "$faults" -ne "$p_faults" ] || fine "nothing that $p_gateway entered from entry $p_from to entry $((p_to - 1)) is missing (scope $p_scope, part $p_part): $p_receipts receipts, $p_others other entries; $p_before receipts of exchanges that began before; of $p_hidden entries it is only said that they do not belong here"
}
p_shown=
for file in leaves/*.txt; do
  [ ! -f "$file" ] || p_shown="$p_shown$file "
done
if [ -f completeness.txt ] || [ -n "$p_shown" ]; then
  heading '11. Period: nothing is missing from a stretch of the ledger of the exporter'
  period
fi

finish
