package org.embassage.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Receipt;

/** VERIFY.md: what the bundle holds and how a person checks it, in plain words. */
final class Instructions {

    private Instructions() {}

    static byte[] write(
            GatewayId exporter,
            Instant exported,
            String asked,
            SortedMap<ExchangeId, Digest> exchanges,
            List<Receipt> receipts,
            Optional<Completeness> stated) {
        StringBuilder text = new StringBuilder("# Evidence bundle\n\nExported by gateway ")
                .append(exporter)
                .append(" at ")
                .append(exported.truncatedTo(ChronoUnit.SECONDS))
                .append(".\nQuestion: ")
                .append(asked)
                .append(
                        "\n\n## What it says\n\n| time (UTC, by the issuer's clock) | event | said by | about |\n|---|---|---|---|\n");
        receipts.stream()
                .map(Receipt::evidence)
                .sorted(Comparator.comparing(Evidence::time).thenComparing(Evidence::id))
                .forEach(e -> text.append("| ")
                        .append(e.time())
                        .append(" | ")
                        .append(e.event().etsiName())
                        .append(" | ")
                        .append(e.issuer())
                        .append(" | ")
                        .append(about(e))
                        .append(" |\n"));
        text.append("\nThis table is a reading aid. The evidence is the signed receipts.\n");
        if (!exchanges.isEmpty()) {
            text.append("\n## Digests of the encrypted messages as they travelled (SHA-256)\n\n");
            exchanges.forEach((id, outer) -> text.append("- ")
                    .append(id)
                    .append(": `")
                    .append(outer.hex())
                    .append("`\n"));
        }
        stated.ifPresent(statement -> text.append(completeness(statement)));
        return text.append(REST).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String completeness(Completeness of) {
        return "\n## What is said to be complete\n\n" + of.gateway()
                + " says that nothing which it entered into its ledger "
                + of.origin() + " from entry " + of.from() + " to entry " + (of.to() - 1)
                + " is missing here, as far as it was asked for: " + of.scope().text()
                + of.since().map(time -> ", from " + time).orElse("")
                + of.until().map(time -> ", until " + time).orElse("") + ". This is part " + of.part() + " of "
                + of.parts()
                + ".\n`leaves/` holds the entries, `completeness.txt` the statement. The verifier compares them"
                + " with the ledger's\nsigned total and with the receipts; give it all parts in one folder. What the gateway never entered"
                + " is not\nshown by this: compare with the other gateways.\n";
    }

    private static String about(Evidence e) {
        if (e.subject() instanceof Subject.OfExchange of) {
            return "exchange " + of.exchange();
        }
        if (e.subject() instanceof Subject.OfSubmission of) {
            return "drop " + of.submission().drop()
                    + of.submission()
                            .recordIndex()
                            .map(index -> " record " + index)
                            .orElse("");
        }
        return "a message that could not be opened";
    }

    private static final String REST = """

            ## Check it with the verifier

            Do not take the verifier or the trust anchors from whoever gave you this bundle. Get the CA certificate of each
            country from that country, put them into a folder, and run on a machine without network:

                java -jar embassage-verify.jar BUNDLE.zip --trust FOLDER

            Exit code 0 means TOTAL-PASSED, 3 TOTAL-FAILED, 4 INDETERMINATE.

            ## Check it with a shell

            `verify.sh` needs a POSIX shell, GNU coreutils, unzip and openssl 3 alone, opens no connection and writes only into
            a temporary folder. Take it from the project's source or out of your own verifier, never from this bundle: the
            copy here is as trustworthy as whoever gave you the bundle, and of the version that its exporter had. FOLDER is the same as above; names such as `QVL.pem` say for which
            country an authority may speak, and authorities for time-stamps lie in `FOLDER/time-stamping`.

                sh verify.sh --trust FOLDER BUNDLE.zip

            It says what each step shows and ends with one line and the same exit codes. `extracts/` holds, for openssl, the
            value of each receipt's signature and the time-stamp over it. The verifier asks more than the script: rules of
            the agreement, orders of events, the plain form of every file.

            ## Check it by hand

            You need unzip, sha256sum and openssl 3, and for each country the CA certificate that you got from it yourself, here
            `QVL.pem` for QVL. This is the least; the auditor's guide of the project has each step as commands that also look
            for files that are not listed, time-stamps, agreements and revocation, and says what they leave out.

            1. Who exported it: `openssl cms -verify -cades -binary -inform DER -in bundle.txt.p7s -content bundle.txt
               -CAfile QVL.pem -no-CApath -no-CAstore -purpose any -signer signer.pem -out /dev/null`, with the CA of the
               exporter's country. Then `openssl x509 -in signer.pem -noout -ext subjectAltName` must name
               `urn:embassage:gateway:` and the exporter. Without that signature the list is nobody's word.
            2. Every file is the one that is listed:
               `grep '^file ' bundle.txt | sed 's/^file \\([0-9a-f]*\\) /\\1  /' | sha256sum -c`
            3. Take a receipt apart: `unzip receipts/ID.asice -d receipt`. Read `receipt/evidence.xml`.
            4. The signature is over the manifest, by the gateway that `evidence.xml` names: step 1 with
               `receipt/META-INF/signature001.p7s` and `receipt/META-INF/ASiCManifest001.xml`, and the CA of *its* country.
            5. The manifest names the other files by their digests: compare
               `openssl dgst -sha256 -binary receipt/evidence.xml | base64` with its DigestValue.
            6. The certificate that signed is listed in the gateway's card under `cards/`, and the card is signed by the
               country's party key: step 1 with the card and its `.p7s`, where the name is `urn:embassage:party:` and the country.

            ## What this does not prove

            That the content is true; that a certain person acted; that somebody read the record; when exactly
            something happened (the times are the issuers' own clocks). Nor that nothing else was exchanged.
            """;
}
