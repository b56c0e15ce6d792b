package org.embassage.exchange.send;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.document.PermittedDocument;
import org.embassage.exchange.document.ValidDocument;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.trust.Trust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates, validates, judges and composes records: everything on the way out that needs no key and no commit. */
final class RecordPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(RecordPlanner.class);

    private final GatewayId self;
    private final PeerDirectory peers;
    private final Trust trust;
    private final AgreementPolicy policy;
    private final MessageComposer composer;
    private final IntakeIdentity identity;
    private final Sequences sequences;
    private final Register register;
    private final Uuids ids;

    RecordPlanner(
            PeerDirectory peers,
            Trust trust,
            AgreementPolicy policy,
            MessageComposer composer,
            IntakeIdentity identity,
            Sequences sequences,
            Register register,
            Uuids ids) {
        this.self = peers.self().id();
        this.peers = peers;
        this.trust = trust;
        this.policy = policy;
        this.composer = composer;
        this.identity = identity;
        this.sequences = sequences;
        this.register = register;
        this.ids = ids;
    }

    /** The plans of a batch of records, in order; several for a record with several recipients. */
    List<RecordPlan> plan(Feed feed, DropId drop, List<RecordSlice> slices, Instant now) {
        Map<Claim, ExchangeId> claimed = new HashMap<>();
        List<RecordPlan> plans = new ArrayList<>();
        for (RecordSlice slice : slices) {
            plans.addAll(planAlone(feed, drop, slice, now, claimed));
        }
        return plans;
    }

    /** The plan of one record for one recipient, which so many persons released. */
    RecordPlan released(Feed feed, RecordSlice slice, GatewayId recipient, int released, Instant now) {
        return feed.translate(slice)
                .fold(
                        good -> ValidDocument.validate(good.draft())
                                .fold(
                                        valid -> {
                                            Digest known =
                                                    identity.of(good.draft().originRecordRef(), slice.octets());
                                            Optional<ExchangeId> earlier =
                                                    register.claimed(feed.id(), known, recipient);
                                            return earlier.isPresent()
                                                    ? new RecordPlan.Duplicate(slice, earlier.get(), Optional.empty())
                                                    : forOne(
                                                            feed,
                                                            slice,
                                                            valid.document(),
                                                            known,
                                                            recipient,
                                                            released,
                                                            now);
                                        },
                                        bad -> rejected(slice, bad.fault())),
                        bad -> rejected(slice, bad.fault()));
    }

    /** A record on which we fail is rejected alone, whatever the failure: it must not hold up the others. */
    @SuppressWarnings("CatchingUnchecked") // by then it is nobody's business but the record's
    private List<RecordPlan> planAlone(
            Feed feed, DropId drop, RecordSlice slice, Instant now, Map<Claim, ExchangeId> claimed) {
        Map<Claim, ExchangeId> made = new HashMap<>(claimed);
        try {
            List<RecordPlan> plans = planOne(feed, drop, slice, now, made);
            claimed.putAll(made);
            return plans;
        } catch (Broken ours) {
            throw ours;
        } catch (RuntimeException | StackOverflowError poison) {
            LOG.error(
                    "drop={} record={} event=RecordFailed alarm=true fault={} kind={}",
                    drop,
                    slice.index(),
                    FaultCode.RECORD_UNPROCESSABLE.code(),
                    poison.getClass().getSimpleName());
            return List.of(rejected(slice, Fault.of(FaultCode.RECORD_UNPROCESSABLE)));
        }
    }

    private List<RecordPlan> planOne(
            Feed feed, DropId drop, RecordSlice slice, Instant now, Map<Claim, ExchangeId> claimed) {
        return feed.translate(slice)
                .fold(
                        good -> ValidDocument.validate(good.draft())
                                .fold(
                                        valid ->
                                                forAll(feed, drop, slice, good.draft(), valid.document(), now, claimed),
                                        bad -> List.of(rejected(slice, bad.fault()))),
                        bad -> List.of(rejected(slice, bad.fault())));
    }

    private static RecordPlan rejected(RecordSlice slice, Fault fault) {
        return new RecordPlan.Rejected(slice, fault, Optional.empty(), Optional.empty());
    }

    private List<RecordPlan> forAll(
            Feed feed,
            DropId drop,
            RecordSlice slice,
            Draft draft,
            ValidDocument document,
            Instant now,
            Map<Claim, ExchangeId> claimed) {
        Digest known = identity.of(draft.originRecordRef(), slice.octets());
        return feed.recipients(draft.kind()).stream()
                .map(recipient -> {
                    Claim claim = new Claim(known, recipient);
                    Optional<ExchangeId> earlier = Optional.ofNullable(claimed.get(claim))
                            .or(() -> register.claimed(feed.id(), known, recipient));
                    if (earlier.isPresent()) {
                        return new RecordPlan.Duplicate(slice, earlier.get(), Optional.empty());
                    }
                    // a restored gateway that goes on with a drop knows by its receipts what it sent of it before
                    Optional<ExchangeId> before = register.exchangeOf(drop, slice.index(), recipient);
                    if (before.isPresent()) {
                        return new RecordPlan.Duplicate(
                                slice,
                                before.get(),
                                Optional.of(new Fact.IntakeClaimed(feed.id(), known, recipient, before.get())));
                    }
                    RecordPlan plan = forOne(feed, slice, document, known, recipient, 0, now);
                    if (plan instanceof RecordPlan.ToSeal sealing) {
                        claimed.put(claim, sealing.message().header().exchange());
                    }
                    return plan;
                })
                .toList();
    }

    private RecordPlan forOne(
            Feed feed,
            RecordSlice slice,
            ValidDocument document,
            Digest known,
            GatewayId recipient,
            int released,
            Instant now) {
        Optional<X509Certificate> certificate = peers.find(recipient).flatMap(peer -> encryptionCertificate(peer, now));
        if (certificate.isEmpty()) {
            return new RecordPlan.Rejected(
                    slice, Fault.of(FaultCode.RECIPIENT_UNKNOWN), Optional.of(recipient), Optional.empty());
        }
        return policy.judgeSending(document, feed.status(), self, recipient, released, now)
                .fold(
                        permitted -> compose(slice, permitted, known, certificate.get(), now),
                        refused -> new RecordPlan.Rejected(
                                slice, refused.fault(), Optional.of(recipient), refused.agreement()));
    }

    private RecordPlan compose(
            RecordSlice slice, PermittedDocument permitted, Digest known, X509Certificate certificate, Instant now) {
        long number = sequences.next(permitted.recipient());
        return composer.compose(
                        permitted,
                        ids.nextExchangeId(),
                        ParsedCertificates.digest(certificate),
                        now,
                        number,
                        Optional.empty())
                .fold(
                        good -> new RecordPlan.ToSeal(
                                slice, good.message(), permitted.terms(), known, certificate, permitted.retainUntil()),
                        bad -> {
                            sequences.giveBack(permitted.recipient(), number);
                            return new RecordPlan.Rejected(
                                    slice,
                                    bad.fault(),
                                    Optional.of(permitted.recipient()),
                                    Optional.of(permitted.terms().agreement()));
                        });
    }

    /** The newest active one, if it is believed now: not ended, not revoked, the peer's own. */
    private Optional<X509Certificate> encryptionCertificate(Peer peer, Instant now) {
        return Optional.of(peer.encryptionCertificate(now))
                .filter(certificate -> trust.decrypts(certificate, peer.id(), now));
    }

    private record Claim(Digest identity, GatewayId recipient) {}
}
