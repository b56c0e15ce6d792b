package org.embassage.store;

import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/** Names of contents: what they belong to. */
final class ContentIds {

    private ContentIds() {}

    static String drop(DropId drop) {
        return "drop/" + drop;
    }

    static String outbox(String outboxId) {
        return "outbox/" + outboxId;
    }

    static String inbox(GatewayId peer, ExchangeId exchange) {
        return "inbox/" + exchange + "/" + peer;
    }

    static String receipt(EvidenceId receipt) {
        return "receipt/" + receipt;
    }

    static String quarantine(String quarantineId) {
        return "quarantine/" + quarantineId;
    }

    /** Not a content of its own, but encrypted beside one. */
    static String quarantineDetail(String quarantineId) {
        return "quarantine-detail/" + quarantineId;
    }
}
