package org.embassage.routes.jms;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.embassage.evidence.GatewayId;
import org.embassage.routes.tls.Pins;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what on the own broker. A peer is known by the key of its client certificate alone: names and passwords that
 * it sends are not looked at. It may send to its inbox and consume from its outbox; everything else, management included,
 * is refused. Connections inside this process are ours and may do anything.
 */
final class PeerSecurity implements ActiveMQSecurityManager5 {

    private static final String OURSELVES = "ourselves";

    private final Pins pins;

    PeerSecurity(Pins pins) {
        this.pins = pins;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            RemotingConnection connection,
            @Nullable String securityDomain) {
        if (connection.getTransportConnection() instanceof InVMConnection) {
            return subject(OURSELVES);
        }
        return owner(connection).map(peer -> subject(peer.value())).orElse(null);
    }

    private Optional<GatewayId> owner(RemotingConnection connection) {
        X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
        return chain == null || chain.length == 0 ? Optional.empty() : pins.owner(chain[0]);
    }

    private static Subject subject(String name) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(name));
        subject.setReadOnly();
        return subject;
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, @Nullable Set<Role> roles, CheckType check, @Nullable String address) {
        if (subject == null || address == null) {
            return false;
        }
        return subject.getPrincipals(UserPrincipal.class).stream()
                .findFirst()
                .map(UserPrincipal::getName)
                .filter(name -> name.equals(OURSELVES) || mayPeer(new GatewayId(name), check, address))
                .isPresent();
    }

    private static boolean mayPeer(GatewayId peer, CheckType check, String address) {
        return switch (check) {
            case SEND -> isQueue(address, Queues.inbox(peer));
            case CONSUME -> isQueue(address, Queues.outbox(peer));
            default -> false;
        };
    }

    /** An address may come with its queue: {@code address::queue}. */
    private static boolean isQueue(String address, String queue) {
        return address.equals(queue) || address.equals(queue + "::" + queue);
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String password, @Nullable Set<Role> roles, CheckType check) {
        return false;
    }
}
