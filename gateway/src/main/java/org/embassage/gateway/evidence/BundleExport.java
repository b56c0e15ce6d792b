package org.embassage.gateway.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.ledger.CurrentLedgers;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.timestamp.StampedEvidence;

/**
 * Gathers all that an auditor needs to judge exchanges alone: receipts of both sides with their proofs, peer cards,
 * agreements, authorities, revocation lists and checkpoints.
 */
public final class BundleExport {

    private static final int SAMPLE = 16;
    private static final long BESIDE_RECEIPT = 3_000;

    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Federation federation;
    private final PeerDirectory peers;
    private final KeySource keys;
    private final Stampbook stampbook;
    private final Optional<TimeStamper> stamper;
    private final Clock clock;
    private final int mostOctets;
    private final Beside beside;

    /** @param stamper is asked for one token over the exporter's signature; without one the bundle goes without */
    public BundleExport(
            Register register,
            Ledgerbook ledgerbook,
            Federation federation,
            KeySource keys,
            Stampbook stampbook,
            Optional<TimeStamper> stamper,
            Clock clock) {
        this(
                register,
                ledgerbook,
                federation,
                keys,
                stampbook,
                stamper,
                clock,
                ExportLimits.MOST_OCTETS,
                Beside.NOTHING);
    }

    /**
     * @param mostOctets that a bundle may have when it is written, whatever was estimated
     * @param beside bundles that the export will be laid beside
     */
    BundleExport(
            Register register,
            Ledgerbook ledgerbook,
            Federation federation,
            KeySource keys,
            Stampbook stampbook,
            Optional<TimeStamper> stamper,
            Clock clock,
            int mostOctets,
            Beside beside) {
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.federation = federation;
        this.keys = keys;
        this.stampbook = stampbook;
        this.stamper = stamper;
        this.clock = clock;
        this.mostOctets = mostOctets;
        this.beside = beside;
        this.peers = new CurrentLedgers(federation.peers(), ledgerbook);
    }

    /** The same, for bundles of other gateways that the export will be laid beside. */
    public BundleExport beside(Beside others) {
        return new BundleExport(register, ledgerbook, federation, keys, stampbook, stamper, clock, mostOctets, others);
    }

    /** What is to be said of the checkpoints in those bundles; see {@link Beside#foreign}. */
    public List<String> foreign() {
        return beside.foreign(ledgerbook, peers);
    }

    /** What answers the question now. */
    public Selection select(Question question) {
        return Selection.of(register, question, ledgerbook.first() + ledgerbook.size());
    }

    /** What the answer still lacks. */
    public Missing missing(Selection selection) {
        return new MissingProofs(register, ledgerbook, stampbook, peers).of(selection);
    }

    /** How many receipts of the exchanges lack something; see {@link Missing}. */
    public int unproven(Collection<ExchangeId> exchanges) {
        return exchanges.stream()
                .mapToInt(exchange -> missing(select(Question.of(exchange))).receipts())
                .sum();
    }

    /**
     * What an export wrote.
     *
     * @param files in the order of their parts
     * @param from index of the first entry of our ledger that the answer is about
     * @param to index behind the last
     */
    public record Exported(List<Path> files, int exchanges, int receipts, long from, long to) {}

    /**
     * Writes the answer, as one bundle at {@code out} or as several parts beside it. They appear together when all are whole.
     *
     * @param archive whether each receipt gets an archive time-stamp (ASiC-E LTA), asked for now
     * @param watch is told how many receipts are done
     * @throws Broken STORE_UNAVAILABLE, KEY_UNAVAILABLE, LEDGER_DAMAGED; TIME_STAMP_UNAVAILABLE with {@code archive}
     * @throws Stop if a file is there already or cannot be written, or nothing stamps an archive
     */
    public Exported export(Selection selection, Path out, ExportLimits limits, boolean archive, Watch watch) {
        try {
            return exported(selection, out, limits, archive, watch);
        } catch (TooLarge estimatedTooLow) {
            watch.end();
            ExportLimits smaller = limits.halved();
            if (smaller.equals(limits) || selection.question().exchange().isPresent()) {
                throw new Stop(
                        ExitCode.REFUSED,
                        "one exchange alone is larger than a bundle may be",
                        "write its receipts one by one: `embassage receipt show ID --out FILE`");
            }
            return export(selection, out, smaller, archive, watch);
        }
    }

    /** Watches an export. */
    public interface Watch {
        /** Before the first receipt. @param receipts in all, about */
        void begin(int parts, int receipts);

        void done(int receipts);

        /** After the last, or before it begins anew. */
        void end();

        Watch NOBODY = new Watch() {
            @Override
            public void begin(int parts, int receipts) {}

            @Override
            public void done(int receipts) {}

            @Override
            public void end() {}
        };
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Exported exported(Selection selection, Path out, ExportLimits limits, boolean archive, Watch watch) {
        StampedEvidence stamped = new StampedEvidence(stampbook);
        Function<StoredReceipt, byte[]> container = leaving(stamped, archive);
        List<Part> parts = Planner.plan(
                selection,
                limits,
                receiptOctets(selection, stamped, archive),
                ledgerbook.epochs().stream().map(Ledgerbook.Epoch::first).toList());
        watch.begin(parts.size(), parts.stream().mapToInt(Part::receipts).sum());
        Answer answer = new Answer(selection.question().text(), stamped, container, watch);
        int exchanges = 0;
        try (NewFiles files = new NewFiles()) {
            for (int i = 0; i < parts.size(); i++) {
                BundleWriter writer = answer.begin();
                PartWriter.Written written = answer.parts.write(writer, selection, parts.get(i), i + 1, parts.size());
                exchanges += written.exchanges();
                Path file = parts.size() == 1 ? out : NewFiles.part(out, i + 1);
                files.write(file, small(answer.end(writer)));
            }
            watch.end();
            return new Exported(files.publish(), exchanges, answer.receipts, selection.from(), selection.to());
        }
    }

    private byte[] small(byte[] bundle) {
        if (bundle.length > mostOctets) {
            throw new TooLarge();
        }
        return bundle;
    }

    private Function<StoredReceipt, byte[]> leaving(StampedEvidence stamped, boolean archive) {
        if (!archive) {
            return stamped::container;
        }
        TimeStamper authority = stamper.orElseThrow(() -> new Stop(
                ExitCode.CONFIGURATION_INVALID,
                "no time-stamping authority is configured, so there is none for the archive",
                "add time-stamping to gateway.yaml"));
        return receipt -> stamped.archived(receipt, authority);
    }

    /** Measured on a few; lists of revoked certificates make the difference between gateways. */
    private long receiptOctets(Selection selection, StampedEvidence stamped, boolean archive) {
        long most = 0;
        EnteredQuery few = EnteredQuery.of(selection.from(), selection.to(), SAMPLE);
        for (Register.Entered entry :
                register.entered(selection.question().exchange().map(few::about).orElse(few))) {
            long octets = register.receipt(entry.receipt())
                    .map(receipt -> stamped.container(receipt).length)
                    .orElse(0);
            most = Math.max(most, octets);
        }
        return (archive ? 2 : 1) * most + BESIDE_RECEIPT;
    }

    /** What all bundles of one answer have in common. */
    private final class Answer {
        private final String asked;
        private final Instant exported = clock.instant();
        private final WitnessMaterial witnesses = new WitnessMaterial(ledgerbook, peers, beside);
        private final OwnLedgers ledgers =
                new OwnLedgers(ledgerbook, witnesses.newest(), beside); // after our newest checkpoint was read
        private final StampedEvidence stamped;
        private final PartWriter parts;
        private int receipts;

        Answer(String asked, StampedEvidence stamped, Function<StoredReceipt, byte[]> container, Watch watch) {
            this.asked = asked;
            this.stamped = stamped;
            this.parts = new PartWriter(
                    register, ledgerbook, federation.peers().self().id(), ledgers, stamped, receipt -> {
                        watch.done(++receipts);
                        return container.apply(receipt);
                    });
        }

        BundleWriter begin() {
            return new BundleWriter(federation.peers().self().id(), exported, asked);
        }

        byte[] end(BundleWriter writer) {
            card(writer, federation.peers().self());
            federation.peers().all().forEach(peer -> card(writer, peer));
            federation.agreements().all().forEach(agreement -> agreement(writer, agreement));
            for (String country : federation.trust().countries()) {
                federation.trust().authorities(country).forEach(writer::certificate);
            }
            federation.trust().crls().forEach(writer::crl);
            stamped.revocationLists().forEach(writer::crl);
            witnesses.add(writer);
            ledgers.add(writer);
            return writer.write(Optional.of(seal()), BundleExport.this::token);
        }
    }

    /**
     * One bundle about exchanges, without a statement of completeness.
     *
     * @param asked the question, printable ASCII
     * @throws Broken STORE_UNAVAILABLE, KEY_UNAVAILABLE, LEDGER_DAMAGED
     */
    public byte[] write(Collection<ExchangeId> exchanges, String asked) {
        StampedEvidence stamped = new StampedEvidence(stampbook);
        Answer answer = new Answer(asked, stamped, stamped::container, Watch.NOBODY);
        BundleWriter writer = answer.begin();
        for (ExchangeId exchange : exchanges) {
            Selection one = select(Question.of(exchange));
            answer.parts.write(writer, one, new Part(one.from(), one.to(), 1, 0), 1, 1);
        }
        return answer.end(writer);
    }

    /** An authority that is away must not keep evidence from an auditor. */
    private Optional<byte[]> token(Digest signature) {
        try {
            return stamper.map(authority -> authority.stamp(signature));
        } catch (Broken unavailable) {
            return Optional.empty();
        }
    }

    private void card(BundleWriter writer, Peer peer) {
        Path file = federation.cards().get(peer.cardDigest());
        if (file != null) {
            FederationReader.signature(file)
                    .ifPresent(signature -> writer.card(peer.id(), peer.cardNumber(), octets(file), signature));
        }
    }

    private void agreement(BundleWriter writer, Agreement agreement) {
        Path file = federation.agreementFiles().get(agreement.ref());
        if (file != null) {
            writer.agreement(
                    agreement.ref().id(),
                    agreement.ref().version(),
                    agreement.octets(),
                    FederationReader.signatures(file));
        }
    }

    private CadesSigner seal() {
        KeySource.KeyEntry entry = keys.current(KeyUse.SEAL);
        return new CadesSigner(entry.key(), entry.certificate(), Optional.empty(), clock);
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.CONFIGURATION_INVALID, unreadable);
        }
    }

    /** Exchanges that this gateway sent, to the peer or to all, newest first: all of them, so for few alone. */
    public List<ExchangeId> sent(Optional<GatewayId> peer) {
        return register.exchanges(Optional.empty(), peer, Integer.MAX_VALUE).stream()
                .map(Register.ExchangeView::exchange)
                .toList();
    }
}
