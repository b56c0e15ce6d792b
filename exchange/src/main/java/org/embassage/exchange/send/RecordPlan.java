package org.embassage.exchange.send;

import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.ComposedMessage;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.Fact;

/** What shall become of one record for one recipient, before anything is sealed. */
sealed interface RecordPlan {

    RecordSlice slice();

    /**
     * It will be sealed.
     *
     * @param retainUntil the last day on which the record may be kept
     */
    record ToSeal(
            RecordSlice slice,
            ComposedMessage message,
            Terms terms,
            Digest identity,
            X509Certificate certificate,
            LocalDate retainUntil)
            implements RecordPlan {}

    /**
     * It was taken before.
     *
     * @param claim to be committed, if a backup lost it
     */
    record Duplicate(RecordSlice slice, ExchangeId earlier, Optional<Fact> claim) implements RecordPlan {}

    /** It will not become an exchange. */
    record Rejected(RecordSlice slice, Fault fault, Optional<GatewayId> recipient, Optional<AgreementRef> agreement)
            implements RecordPlan {}
}
