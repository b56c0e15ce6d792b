package org.embassage.gateway.federation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.TrustAnchors.Anchor;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementReader;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.peer.CardDirectory;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerCardReader;
import org.embassage.exchange.trust.Trust;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Profile;
import org.embassage.gateway.config.Problem;
import org.embassage.sealing.development.DevelopmentMark;

/**
 * Reads trust, peers and agreements. What concerns this gateway itself must be right; a peer's card or an agreement that
 * does not count is left out with a warning, so that one bad file does not stop all other traffic.
 */
public final class FederationReader {

    private static final String CARD = ".card.xml";

    private final Configuration configuration;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<Digest, Path> cards = new HashMap<>();
    private final Map<AgreementRef, Path> agreementFiles = new HashMap<>();

    private FederationReader(Configuration configuration, Instant now) {
        this.configuration = configuration;
        this.now = now;
    }

    /** Reads everything anew; certificates, cards and agreements are judged at {@code now}. */
    public static Outcome read(Configuration configuration, Instant now) {
        return new FederationReader(configuration, now).read();
    }

    private Outcome read() {
        Optional<Trust> trust = trust();
        if (trust.isEmpty()) {
            return new Outcome.Unusable(problems);
        }
        List<Peer> known = peers(trust.get());
        AgreementBook book = agreements(trust.get());
        if (known.stream().noneMatch(peer -> peer.id().equals(configuration.gateway()))) {
            problem(
                    configuration.folders().peers(),
                    "the peer card of this gateway, " + configuration.gateway() + CARD
                            + ", is missing or does not count",
                    "have it signed by the party key of its country");
        }
        return problems.isEmpty()
                ? new Outcome.Read(new Federation(
                        trust.get(),
                        new CardDirectory(configuration.gateway(), known),
                        book,
                        cards,
                        agreementFiles,
                        warnings))
                : new Outcome.Unusable(problems);
    }

    private Optional<Trust> trust() {
        Path folder = configuration.folders().trust();
        TrustFolder.Outcome outcome = TrustFolder.read(folder);
        if (outcome instanceof TrustFolder.Outcome.Unusable unusable) {
            problem(folder, unusable.problem(), "put <COUNTRY>.pem and <COUNTRY>.crl of each country there");
            return Optional.empty();
        }
        TrustAnchors anchors = ((TrustFolder.Outcome.Read) outcome).trust();
        Map<String, List<X509Certificate>> authorities = new HashMap<>();
        for (Anchor anchor : anchors.anchors()) {
            if (anchor.country().isEmpty()) {
                problem(
                        folder,
                        "a CA certificate names no country",
                        "name its file <COUNTRY>.pem, for example QVL.pem");
            } else {
                authorities
                        .computeIfAbsent(anchor.country().get(), country -> new ArrayList<>())
                        .add(anchor.certificate());
            }
            refuseDevelopment(folder, anchor.certificate());
        }
        timeStamping();
        return problems.isEmpty() ? Optional.of(new Trust(authorities, anchors.crls())) : Optional.empty();
    }

    /** Those who are asked for time-stamps are judged by a folder of their own, which is read again at every answer. */
    private void timeStamping() {
        Path folder = configuration.folders().timeStamping();
        if (!Files.isDirectory(folder)) {
            return; // reported by the configuration's own check, if it is needed
        }
        TrustFolder.Outcome outcome = TrustFolder.read(folder);
        if (outcome instanceof TrustFolder.Outcome.Read read) {
            read.trust().anchors().forEach(anchor -> refuseDevelopment(folder, anchor.certificate()));
        } else if (configuration.timeStamping().isPresent()) {
            problem(
                    folder,
                    ((TrustFolder.Outcome.Unusable) outcome).problem(),
                    "put the CA certificate of the time-stamping authority there, and its CRL");
        }
    }

    private List<Peer> peers(Trust trust) {
        PeerCardReader reader = new PeerCardReader(trust);
        List<Peer> known = new ArrayList<>();
        for (Path file : Listing.of(configuration.folders().peers(), CARD)) {
            Optional<byte[]> signature = signature(file);
            if (signature.isEmpty()) {
                warning(file, "its signature is not beside it");
                continue;
            }
            PeerCardReader.Outcome outcome = reader.read(Listing.octets(file), signature.get(), now);
            if (outcome instanceof PeerCardReader.Outcome.Known card) {
                known.add(card.peer());
                cards.put(card.peer().cardDigest(), file);
                card.peer().sealCertificates().forEach(certificate -> refuseDevelopment(file, certificate));
            } else {
                ((PeerCardReader.Outcome.Unusable) outcome).problems().forEach(problem -> warning(file, problem));
            }
        }
        return known;
    }

    private AgreementBook agreements(Trust trust) {
        AgreementReader reader = new AgreementReader(trust);
        List<Agreement> signed = new ArrayList<>();
        for (Path file : Listing.of(configuration.folders().agreements(), ".xml")) {
            AgreementReader.Outcome outcome = reader.read(Listing.octets(file), signatures(file), now);
            if (!(outcome instanceof AgreementReader.Outcome.Signed read)) {
                ((AgreementReader.Outcome.Unusable) outcome).problems().forEach(problem -> warning(file, problem));
                continue;
            }
            AgreementRef ref = read.agreement().ref();
            if (name(file).equals(ref.id() + ".v" + ref.version() + ".xml")) {
                agreementFiles.put(ref, file);
                signed.add(read.agreement());
            } else {
                warning(file, "the name is not <id>.v<n>.xml of the agreement in it");
            }
        }
        return new AgreementBook(signed);
    }

    /** The detached signatures beside an agreement, by the country code of the party. */
    public static Map<String, byte[]> signatures(Path agreement) {
        Map<String, byte[]> signatures = new HashMap<>();
        Pattern beside = Pattern.compile(Pattern.quote(name(agreement)) + "\\.([A-Z]{3})\\.p7s");
        for (Path file : Listing.of(agreement.toAbsolutePath().resolveSibling(""), ".p7s")) {
            Matcher matcher = beside.matcher(name(file));
            if (matcher.matches()) {
                signatures.put(matcher.group(1), Listing.octets(file));
            }
        }
        return signatures;
    }

    /** The detached signature beside a card. */
    public static Optional<byte[]> signature(Path card) {
        Path signature = card.resolveSibling(name(card) + ".p7s");
        return Files.isRegularFile(signature) ? Optional.of(Listing.octets(signature)) : Optional.empty();
    }

    private void refuseDevelopment(Path file, X509Certificate certificate) {
        if (configuration.profile() == Profile.PRODUCTION && DevelopmentMark.isOn(certificate)) {
            problem(
                    file,
                    "a development certificate stands under the production profile",
                    "use certificates issued by your country's authority");
        }
    }

    private void problem(Path file, String what, String remedy) {
        problems.add(new Problem(shown(file), 1, 1, "", what, remedy));
    }

    private void warning(Path file, String what) {
        warnings.add(shown(file) + ": " + what);
    }

    private String shown(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(configuration.home())
                ? configuration.home().relativize(absolute).toString()
                : absolute.toString();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** What reading found. */
    public sealed interface Outcome {
        record Read(Federation federation) implements Outcome {}

        /** @param problems that must be solved before the gateway can work */
        record Unusable(List<Problem> problems) implements Outcome {
            public Unusable {
                problems = List.copyOf(problems);
            }
        }

        default <T> T fold(Function<Federation, T> good, Function<List<Problem>, T> bad) {
            return this instanceof Read read ? good.apply(read.federation()) : bad.apply(((Unusable) this).problems());
        }
    }
}
