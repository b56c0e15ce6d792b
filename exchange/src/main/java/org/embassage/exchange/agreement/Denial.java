package org.embassage.exchange.agreement;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.embassage.evidence.GatewayId;
import org.embassage.schemas.DocumentFields;
import org.embassage.schemas.DocumentView;
import org.embassage.schemas.agreement.DenyType;
import org.jspecify.annotations.Nullable;

/** One Deny of an agreement: it beats every rule. Immutable. */
final class Denial {

    private final DenyType deny;

    Denial(DenyType deny) {
        this.deny = deny;
    }

    String id() {
        return deny.getId();
    }

    /**
     * Whether all its attributes apply.
     *
     * @param leaves whether an element that is present at a full path would leave with its value
     */
    boolean applies(DocumentView document, GatewayId sender, GatewayId recipient, Predicate<String> leaves) {
        return matches(
                        deny.getKind(),
                        kind -> kind.equals("*") || kind.equals(document.kind().elementName()))
                && matches(deny.getFrom(), from -> Clause.covers(from, sender))
                && matches(deny.getTo(), to -> Clause.covers(to, recipient))
                && matches(
                        deny.getPurpose(),
                        purpose -> purpose.value().equals(document.governance().purpose()))
                && matches(
                        deny.getHandling(),
                        code -> document.governance().handling().contains(code.value()))
                && matches(
                        deny.getSubjectCategory(),
                        category -> document.subjects().stream()
                                .anyMatch(subject -> subject.category().equals(category.value())))
                && matches(
                        deny.getPath(),
                        path -> DocumentFields.of(document.kind()).resolve(path).stream()
                                .anyMatch(full -> document.present().contains(full) && leaves.test(full)));
    }

    /** An attribute that is not there says nothing. */
    private static <T> boolean matches(@Nullable T attribute, Predicate<T> condition) {
        return Optional.ofNullable(attribute)
                .filter(Objects::nonNull)
                .map(condition::test)
                .orElse(true);
    }
}
