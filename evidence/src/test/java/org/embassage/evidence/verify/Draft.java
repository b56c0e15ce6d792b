package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.embassage.evidence.receipt.EvidenceEvent;

/** Evidence that a test may still change. */
public final class Draft {

    public EvidenceId id;
    public EvidenceEvent event;
    public Instant time;
    public GatewayId issuer;
    public GatewayId sender;
    public Optional<GatewayId> recipient;
    public Subject subject;
    public Optional<Terms> terms;
    public Optional<MessageDigests> digests;
    public List<Reason> reasons = new ArrayList<>();
    public Optional<HandoverBasis> basis = Optional.empty();
    public Optional<Act> act = Optional.empty();
    public Optional<Previous> previous = Optional.empty();
    public Checkpoints checkpoints;

    Evidence evidence(Digest certificate) {
        return new Evidence(
                id,
                event,
                time,
                issuer,
                certificate,
                sender,
                recipient,
                subject,
                terms,
                digests,
                reasons,
                basis,
                act,
                previous,
                checkpoints);
    }
}
