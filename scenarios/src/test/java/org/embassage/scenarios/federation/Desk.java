package org.embassage.scenarios.federation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** The domestic side, kept in memory: it notices what is handed over twice. */
final class Desk implements DropDesk, DomesticSystem {

    final Map<DropId, List<ResultLine>> results = new HashMap<>();
    final Map<DropId, Boolean> shelved = new HashMap<>();
    final Set<EvidenceId> receipts = new LinkedHashSet<>();
    final List<String> handedOver = new ArrayList<>();
    final Map<String, byte[]> files = new HashMap<>();
    /** Whether the hand-over format of this gateway renders nothing. */
    boolean unrenderable;

    /** A document that holds this makes the format fail. */
    Optional<String> poison = Optional.empty();
    /** So many files of those that come first cannot be published. */
    int unpublishable;

    private final List<String> stuck = new ArrayList<>();
    private final Map<String, byte[]> staged = new HashMap<>();

    @Override
    public void report(FeedId feed, DropId drop, List<ResultLine> lines) {
        results.put(drop, lines);
    }

    @Override
    public void shelve(FeedId feed, DropId drop, boolean refused) {
        shelved.put(drop, refused);
    }

    @Override
    public void giveReceipt(FeedId feed, EvidenceId receipt, byte[] container) {
        receipts.add(receipt);
    }

    @Override
    public HandoverBasis basis() {
        return HandoverBasis.WRITTEN;
    }

    @Override
    public void stage(String fileName, byte[] content) {
        staged.put(fileName, content);
    }

    @Override
    public void publish(String fileName) {
        if (stuck.size() < unpublishable && !stuck.contains(fileName)) {
            stuck.add(fileName);
        }
        if (stuck.indexOf(fileName) >= 0 && stuck.indexOf(fileName) < unpublishable) {
            throw new Broken(FaultCode.HANDOVER_TARGET_UNAVAILABLE);
        }
        byte[] content = staged.remove(fileName);
        if (content != null) {
            handedOver.add(fileName);
            files.put(fileName, content);
        }
    }
}
