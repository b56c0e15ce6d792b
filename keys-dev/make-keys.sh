#!/bin/sh
# Makes development keys for two countries, in the layout of docker/README.md. Needs openssl >= 3.0 and a JDK's keytool.
# Usage: keys-dev/make-keys.sh [FOLDER]    (default: docker, beside this folder)
# Never replaces anything: to begin anew, delete FOLDER/<country>/home, secrets and sftp-keys first.
set -eu
umask 077
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../docker}
gateways="QVL-BG QOS-POL"
jms_port=61617
sftp_port=22
days=800
crl_days=30

fail() {
    echo "make-keys: $1" >&2
    exit 1
}

for tool in openssl keytool; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
done
case $(openssl version) in
    "OpenSSL 3."* | "OpenSSL "[4-9].*) ;;
    *) fail "openssl 3.0 or newer is needed" ;;
esac

lower() { echo "$1" | tr 'A-Z' 'a-z'; }
country() { echo "${1%%-*}"; }
base64_line() { openssl base64 -A; }
# The last N bytes of a public key's DER: for an EC key its point, for Ed25519 the key itself.
raw_public() { openssl x509 -in "$1" -noout -pubkey | openssl pkey -pubin -outform DER | tail -c "$2"; }

mkdir -p "$out"
out=$(cd "$out" && pwd)
for gateway in $gateways; do
    place=$out/$(lower "$(country "$gateway")")
    for part in home/keys home/trust home/peers secrets/authority sftp-keys; do
        [ ! -e "$place/$part" ] || [ -z "$(ls -A "$place/$part")" ] || fail "$place/$part is not empty"
        mkdir -p "$place/$part"
    done
done
stamping=$out/tsa/secrets
[ ! -e "$stamping" ] || [ -z "$(ls -A "$stamping")" ] || fail "$stamping is not empty"
mkdir -p "$stamping/authority"
work=$(mktemp -d "$out/.keys-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

printf '[req]\ndistinguished_name=dn\nprompt=no\n[dn]\n' >req.cnf
printf '[ca]\ndefault_ca=this\n[this]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ncrl_extensions=crl\n[crl]\nauthorityKeyIdentifier=keyid\n' >ca.cnf
: >index.txt
echo 01 >crlnumber

subject() { echo "/O=$1/OU=DEVELOPMENT ONLY/CN=$2"; }

# self_signed NAME SUBJECT EXTENSIONS KEY-OPTIONS...: NAME.key and NAME.pem.
self_signed() {
    name=$1 dn=$2 extensions=$3
    shift 3
    { cat req.cnf && printf '[ext]\n%b' "$extensions"; } >"$name.cnf"
    openssl req -x509 -config "$name.cnf" -extensions ext -nodes -sha256 -days "$days" -subj "$dn" \
        "$@" -keyout "$name.key" -out "$name.pem" 2>>openssl.log
}

# issued NAME COUNTRY COMMON-NAME EXTENSIONS: an EC key and a certificate by the country's authority.
issued() {
    openssl req -new -config req.cnf -nodes -sha256 -subj "$(subject "$2" "$3")" \
        -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout "$1.key" -out "$1.csr" 2>>openssl.log
    printf 'basicConstraints=critical,CA:FALSE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n%b' "$4" >"$1.ext"
    openssl x509 -req -sha256 -days "$days" -in "$1.csr" -CA "$2-ca.pem" -CAkey "$2-ca.key" \
        -set_serial "0x0$(openssl rand -hex 15)" -extfile "$1.ext" -out "$1.pem" 2>>openssl.log
}

authority() {
    self_signed "$1-ca" "$(subject "$1" "$1 CA")" \
        'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n' \
        -newkey ec -pkeyopt ec_paramgen_curve:P-256
    revocation_list "$1"
}

# The list names nobody.
revocation_list() {
    openssl ca -gencrl -config ca.cnf -cert "$1-ca.pem" -keyfile "$1-ca.key" -crldays "$crl_days" \
        -out "$1.crl" 2>>openssl.log
}

party() {
    issued "$1-party" "$1" "$1 party" \
        "keyUsage=critical,digitalSignature,nonRepudiation\nsubjectAltName=URI:urn:embassage:party:$1\n"
}

# One authority for time-stamping that both countries believe, beside their own.
time_stamping() {
    authority TSA
    issued tsa TSA 'development time-stamping' \
        'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n'
    cp tsa.key tsa.pem "$stamping/"
    cp TSA-ca.key TSA-ca.pem "$stamping/authority/"
}

# into_store GATEWAY USE [ISSUER]: adds a key with its chain to the PKCS#12. openssl writes one key only, hence keytool.
into_store() {
    openssl pkcs12 -export -inkey "$1-$2.key" -in "$1-$2.pem" ${3:+-certfile} ${3:+"$3"} -name "$2-1" \
        -passout "file:$1.password" -out one.p12
    keytool -importkeystore -noprompt -srckeystore one.p12 -srcstoretype PKCS12 -srcstorepass:file "$1.password" \
        -destkeystore "$1.p12" -deststoretype PKCS12 -deststorepass:file "$1.password" >>keytool.log 2>&1
    rm one.p12
}

# into_store_secret GATEWAY ALIAS ALGORITHM: adds a fresh secret of 256 bits.
into_store_secret() {
    keytool -genseckey -alias "$2" -keyalg "$3" -keysize 256 -storetype PKCS12 -keystore "$1.p12" \
        -storepass:file "$1.password" >>keytool.log 2>&1
}

gateway_keys() {
    of=$(country "$1")
    small=$(lower "$of")
    san="subjectAltName=URI:urn:embassage:gateway:$1"
    issued "$1-seal" "$of" "$1 seal" "keyUsage=critical,digitalSignature,nonRepudiation\n$san\n"
    issued "$1-decrypt" "$of" "$1 decrypt" "keyUsage=critical,keyAgreement\n$san\n"
    issued "$1-tls" "$of" "$1 tls" \
        "keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n$san,DNS:localhost,IP:127.0.0.1,DNS:$small-gateway,DNS:$small-broker\n"
    issued "$1-vault" "$of" "$1 vault" \
        "keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:$small-vault,DNS:localhost,IP:127.0.0.1\n"
    own='basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n'
    self_signed "$1-ssh" "$(subject "$of" "$1 ssh")" "$own" -newkey ec -pkeyopt ec_paramgen_curve:P-256
    self_signed "$1-ledger" "$(subject "$of" "$1 ledger")" "$own" -newkey ed25519
    self_signed "$1-witness" "$(subject "$of" "$1 witness")" "$own" -newkey ed25519

    openssl rand -base64 32 | tr '+/' '-_' | tr -d '=' >"$1.password"
    for use in seal decrypt tls; do
        into_store "$1" "$use" "$of-ca.pem"
    done
    into_store "$1" ssh
    into_store "$1" ledger
    into_store "$1" witness
    into_store_secret "$1" intake HmacSHA256
    into_store_secret "$1" "epoch-$(date -u +%Y%m%d)" AES
}

# OpenSSH's form of an EC key on P-256 (RFC 5656): three strings, each after its length.
ssh_key() {
    printf 'ecdsa-sha2-nistp256 '
    { printf '\000\000\000\023ecdsa-sha2-nistp256\000\000\000\010nistp256\000\000\000\101' && raw_public "$1" 65; } |
        base64_line
    echo
}

# C2SP's verifier key (c2sp.org/signed-note): name, first four octets of a digest, type and key.
# note_key CERTIFICATE NAME TYPE: type 001 signs a ledger's notes, type 004 cosigns others' checkpoints.
note_key() {
    hash=$({ printf "%s\n\\$3" "$2" && raw_public "$1" 32; } | openssl dgst -sha256 -r | cut -c1-8)
    printf '%s+%s+%s\n' "$2" "$hash" "$({ printf "\\$3" && raw_public "$1" 32; } | base64_line)"
}

certificate() {
    printf '  <%s from="%s">%s</%s>\n' "$1" "$now" "$(openssl x509 -in "$2" -outform DER | base64_line)" "$1"
}

card() {
    of=$(country "$1")
    small=$(lower "$of")
    pin=$(openssl x509 -in "$1-tls.pem" -noout -pubkey | openssl pkey -pubin -outform DER |
        openssl dgst -sha256 -r | cut -c1-64)
    {
        echo '<?xml version="1.0" encoding="UTF-8"?>'
        echo "<PeerCard xmlns=\"urn:embassage:peer-card:1\" number=\"1\" gateway=\"$1\" country=\"$of\" issued=\"$now\" validUntil=\"$until\">"
        echo "  <Agency>$1, development</Agency>"
        certificate SealCertificate "$1-seal.pem"
        certificate EncryptionCertificate "$1-decrypt.pem"
        echo "  <TlsKey>$pin</TlsKey>"
        echo "  <SshHostKey>$(ssh_key "$1-ssh.pem")</SshHostKey>"
        echo "  <SshUserKey>$(ssh_key "$1-ssh.pem")</SshUserKey>"
        echo "  <LedgerKey>$(note_key "$1-ledger.pem" "$1/receipts/1" 001)</LedgerKey>"
        echo "  <WitnessKey>$(note_key "$1-witness.pem" "$1/witness" 004)</WitnessKey>"
        echo "  <Jms host=\"$small-broker\" port=\"$jms_port\"/>"
        echo "  <Sftp host=\"$small-sftp\" port=\"$sftp_port\"/>"
        echo '  <SchemaVersion>1.0</SchemaVersion>'
        echo '</PeerCard>'
    } >"$1.card.xml"
    openssl cms -sign -cades -binary -nosmimecap -md sha256 -in "$1.card.xml" -signer "$of-party.pem" \
        -inkey "$of-party.key" -outform DER -out "$1.card.xml.p7s"
}

# deliver GATEWAY: everything to where it belongs.
deliver() {
    of=$(country "$1")
    place=$out/$(lower "$of")
    cp "$1.p12" "$place/home/keys/gateway.p12"
    cp "$1.password" "$place/home/keys/password"
    cp "$of-ca.key" "$of-ca.pem" "$of-party.key" "$of-party.pem" "$place/secrets/authority/"
    cat "$1-tls.key" "$1-tls.pem" "$of-ca.pem" >"$place/secrets/broker-tls.pem"
    cp "$1-vault.pem" "$place/secrets/vault-tls.pem"
    cp "$1-vault.key" "$place/secrets/vault-tls-key.pem"
    openssl pkey -in "$1-ssh.key" -traditional -out "$place/secrets/ssh_host_key"
    printf '{"pkcs12":"%s","password":"%s"}\n' "$(base64_line <"$1.p12")" "$(cat "$1.password")" \
        >"$place/secrets/vault-keys.json"
    [ -e "$place/secrets/database-password" ] || openssl rand -base64 24 >"$place/secrets/database-password"
    ssh_key "$1-ssh.pem" >"$place/sftp-keys/gateway"
    for other in $gateways; do
        cp "$(country "$other")-ca.pem" "$place/home/trust/$(country "$other").pem"
        cp "$(country "$other").crl" "$place/home/trust/"
        cp "$other.card.xml" "$other.card.xml.p7s" "$place/home/peers/"
        cat "$(country "$other")-ca.pem" >>"$place/secrets/broker-trust.pem"
        [ "$other" = "$1" ] || ssh_key "$other-ssh.pem" >"$place/sftp-keys/$(lower "$other")"
    done
    mkdir -p "$place/home/trust/time-stamping"
    cp TSA-ca.pem "$place/home/trust/time-stamping/development.pem"
    cp TSA.crl "$place/home/trust/time-stamping/development.crl"
    # The SFTP server reads these as the user who logs in; they are public.
    chmod 755 "$place/sftp-keys"
    chmod 644 "$place/sftp-keys"/*
}

for gateway in $gateways; do
    echo "make-keys: $gateway" >&2
    authority "$(country "$gateway")"
    party "$(country "$gateway")"
    gateway_keys "$gateway"
done
time_stamping
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
until=$(($(date -u +%Y) + 2))-01-01T00:00:00Z
for gateway in $gateways; do
    card "$gateway"
done
for gateway in $gateways; do
    deliver "$gateway"
done
echo "make-keys: done, below $out. For development only: every certificate says so." >&2
