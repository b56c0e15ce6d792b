package org.embassage.routes.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Reception;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the bytes out of a JMS message, and nothing else: no header, no property, no other kind of message. What is not
 * a BytesMessage within the limit is refused unread; its sender keeps it, since it never gets evidence.
 */
public final class JmsArrivals {

    private static final Logger LOG = LoggerFactory.getLogger(JmsArrivals.class);

    private final Reception reception;
    private final int maxBytes;

    public JmsArrivals(Reception reception, int maxBytes) {
        this.reception = reception;
        this.maxBytes = maxBytes;
    }

    /** @throws JMSException if the broker fails while the body is read; the message comes again */
    void accept(GatewayId peer, @Nullable Object message) throws JMSException {
        if (!(message instanceof BytesMessage bytes)) {
            refused(peer, FaultCode.BUNDLE_MALFORMED);
            return;
        }
        long length = bytes.getBodyLength();
        if (length > maxBytes) {
            refused(peer, FaultCode.MESSAGE_TOO_LARGE);
            return;
        }
        byte[] bundle = new byte[(int) length];
        if (length > 0 && bytes.readBytes(bundle) != bundle.length) {
            refused(peer, FaultCode.BUNDLE_MALFORMED);
            return;
        }
        reception.accept(new Arrival(peer, Transport.JMS, bundle));
    }

    private static void refused(GatewayId peer, FaultCode fault) {
        LOG.error("peer={} transport=JMS event=BundleRefused alarm=true fault={}", peer, fault.code());
    }
}
