package org.embassage.evidence.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.verify.TrustAnchors.Anchor;
import org.embassage.evidence.verify.TrustAnchors.TimeStamping;

/**
 * Reads a folder of what the auditor believes: {@code *.pem}, {@code *.crt}, {@code *.cer}, {@code *.der} with CA
 * certificates (PEM or DER), {@code *.crl} with revocation lists, {@code *.vkey} with keys of
 * ledgers (type 0x01) and of witnesses (type 0x04), one a line. A
 * certificate's file whose name starts with three capital letters and a dot, hyphen or underscore ({@code QVL.pem})
 * speaks for that country only. The sub-folder {@value #TIME_STAMPING} holds CA certificates and revocation lists of
 * authorities for time-stamping. Other files and sub-folders are not looked at.
 */
public final class TrustFolder {

    private static final Pattern COUNTRY = Pattern.compile("([A-Z]{3})[._-].*");

    /** The sub-folder for authorities for time-stamping. */
    public static final String TIME_STAMPING = "time-stamping";

    private TrustFolder() {}

    /** What reading found. */
    public sealed interface Outcome {
        record Read(TrustAnchors trust) implements Outcome {}

        /** @param problem in plain words, with the file's name */
        record Unusable(String problem) implements Outcome {}

        default <T> T fold(Function<Read, T> good, Function<Unusable, T> bad) {
            return this instanceof Read read ? good.apply(read) : bad.apply((Unusable) this);
        }
    }

    /** Reads it; a folder without any CA certificate is unusable. */
    public static Outcome read(Path folder) {
        return read(folder, true);
    }

    /** Reads it; keys alone are enough where certificates are not asked for, as for ledgers. */
    public static Outcome readKeys(Path folder) {
        return read(folder, false);
    }

    private static Outcome read(Path folder, boolean anchored) {
        List<Anchor> anchors = new ArrayList<>();
        List<X509CRL> crls = new ArrayList<>();
        List<NoteVerifier> keys = new ArrayList<>();
        List<CosignatureVerifier> cosigners = new ArrayList<>();
        List<Anchor> authorities = new ArrayList<>();
        List<X509CRL> theirs = new ArrayList<>();
        try {
            Optional<String> problem = readAll(folder, anchors, crls, keys, cosigners);
            Path times = folder.resolve(TIME_STAMPING);
            if (problem.isEmpty() && Files.isDirectory(times)) {
                problem = readAll(times, authorities, theirs, new ArrayList<>(), new ArrayList<>())
                        .map(what -> TIME_STAMPING + "/" + what);
            }
            if (problem.isPresent()) {
                return new Outcome.Unusable(problem.get());
            }
        } catch (IOException unreadable) {
            return new Outcome.Unusable("the trust folder cannot be read");
        }
        TimeStamping timeStamping =
                new TimeStamping(authorities.stream().map(Anchor::certificate).toList(), theirs);
        return anchored && anchors.isEmpty()
                ? new Outcome.Unusable("the trust folder holds no CA certificate (*.pem, *.crt, *.cer, *.der)")
                : new Outcome.Read(new TrustAnchors(anchors, crls, keys, cosigners, timeStamping));
    }

    private static Optional<String> readAll(
            Path folder,
            List<Anchor> anchors,
            List<X509CRL> crls,
            List<NoteVerifier> keys,
            List<CosignatureVerifier> cosigners)
            throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            for (Path file : listed.filter(Files::isRegularFile).sorted().toList()) {
                Optional<String> problem = read(file, anchors, crls, keys, cosigners);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    /** @return what is wrong with the file */
    private static Optional<String> read(
            Path file,
            List<Anchor> anchors,
            List<X509CRL> crls,
            List<NoteVerifier> keys,
            List<CosignatureVerifier> cosigners)
            throws IOException {
        String name = file.getFileName().toString();
        String type = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        try (InputStream in = Files.newInputStream(file)) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            switch (type) {
                case "pem", "crt", "cer", "der" -> {
                    for (Certificate certificate : factory.generateCertificates(in)) {
                        X509Certificate authority = (X509Certificate) certificate;
                        if (authority.getBasicConstraints() < 0) {
                            return Optional.of(name + " is not a CA certificate");
                        }
                        anchors.add(new Anchor(authority, country(name)));
                    }
                }
                case "crl" -> crls.add((X509CRL) factory.generateCRL(in));
                case "vkey" -> {
                    for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\R", -1)) {
                        if (!line.isBlank()) {
                            key(line.strip(), keys, cosigners);
                        }
                    }
                }
                default -> {
                    // not ours
                }
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Optional.of(name + " cannot be read as a "
                    + switch (type) {
                        case "crl" -> "revocation list";
                        case "vkey" -> "list of keys of ledgers and witnesses";
                        default -> "certificate";
                    });
        }
    }

    private static void key(String vkey, List<NoteVerifier> keys, List<CosignatureVerifier> cosigners) {
        Optional<CosignatureVerifier> cosigner = CosignatureVerifier.parse(vkey);
        if (cosigner.isPresent()) {
            cosigners.add(cosigner.get());
        } else {
            keys.add(NoteVerifier.parse(vkey)
                    .orElseThrow(() -> new IllegalArgumentException("neither a ledger's key nor a witness's")));
        }
    }

    private static Optional<String> country(String name) {
        Matcher matcher = COUNTRY.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
