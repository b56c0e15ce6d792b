package org.embassage.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.agreement.DenyType;
import org.embassage.schemas.agreement.MaskType;
import org.embassage.schemas.agreement.PathType;
import org.embassage.schemas.agreement.RoleType;
import org.embassage.schemas.agreement.RuleType;
import org.jspecify.annotations.Nullable;

/** What the rules and denials of an agreement obey: they speak of parties, kinds and elements that exist. */
final class ClauseRules {

    private final AgreementType agreement;
    private final Findings findings;

    ClauseRules(AgreementType agreement, Findings findings) {
        this.agreement = agreement;
        this.findings = findings;
    }

    void check() {
        List<RuleType> rules = agreement.getRule();
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "/Agreement/Rule[" + (i + 1) + "]");
        }
        List<DenyType> denials = agreement.getDeny();
        for (int i = 0; i < denials.size(); i++) {
            deny(denials.get(i), "/Agreement/Deny[" + (i + 1) + "]");
        }
    }

    private void rule(RuleType rule, String at) {
        Optional<DocumentKind> kind = DocumentKind.named(rule.getKind());
        findings.add(kind.isEmpty(), "AG-3", at);
        kind.map(DocumentFields::of).ifPresent(fields -> paths(rule, fields, at));
        boolean able = has(rule.getFrom(), RoleType.SENDER) && has(rule.getTo(), RoleType.RECEIVER);
        findings.add(!able || rule.getFrom().equals(rule.getTo()), "AG-8", at);
        findings.add(rule.getService().getTransport() == rule.getService().getFallback(), "AG-9", at);
        boolean reachable = rule.getHandling().getAllowed().stream()
                .anyMatch(code -> code.compareTo(rule.getHandling().getFloor()) >= 0);
        findings.add(!reachable, "AG-10", at);
    }

    /** AG-4: what is stripped is strippable, what is masked is maskable, what is required is neither stripped nor unknown. */
    private void paths(RuleType rule, DocumentFields fields, String at) {
        List<String> stripped = rule.getStrip().stream().map(PathType::getPath).toList();
        List<String> masked = rule.getMask().stream().map(MaskType::getPath).toList();
        for (int i = 0; i < stripped.size(); i++) {
            findings.add(!fields.strippable(stripped.get(i)), "AG-4", at + "/Strip[" + (i + 1) + "]");
        }
        for (int i = 0; i < masked.size(); i++) {
            findings.add(!fields.maskable(masked.get(i)), "AG-4", at + "/Mask[" + (i + 1) + "]");
        }
        List<String> gone =
                stripped.stream().flatMap(path -> fields.resolve(path).stream()).toList();
        List<PathType> required = rule.getRequire();
        for (int i = 0; i < required.size(); i++) {
            List<String> wanted = fields.resolve(required.get(i).getPath());
            boolean impossible = wanted.isEmpty()
                    || wanted.stream().anyMatch(path -> gone.stream().anyMatch(top -> within(path, top)));
            findings.add(impossible, "AG-4", at + "/Require[" + (i + 1) + "]");
        }
    }

    private void deny(DenyType deny, String at) {
        boolean conditional = Stream.of(
                        deny.getKind(),
                        deny.getFrom(),
                        deny.getTo(),
                        deny.getPurpose(),
                        deny.getHandling(),
                        deny.getSubjectCategory(),
                        deny.getPath())
                .anyMatch(Objects::nonNull);
        findings.add(!conditional, "AG-5", at);
        boolean anyKind = deny.getKind() == null || deny.getKind().equals("*");
        Optional<DocumentKind> kind = anyKind ? Optional.empty() : DocumentKind.named(deny.getKind());
        findings.add(!anyKind && kind.isEmpty(), "AG-3", at);
        boolean parties =
                (deny.getFrom() == null || exists(deny.getFrom())) && (deny.getTo() == null || exists(deny.getTo()));
        findings.add(!parties, "AG-8", at);
        findings.add(deny.getPath() != null && !anywhere(deny.getPath(), kind.orElse(null)), "AG-4", at);
    }

    private static boolean anywhere(String path, @Nullable DocumentKind kind) {
        return Stream.of(DocumentKind.values())
                .filter(candidate -> kind == null || candidate == kind)
                .anyMatch(
                        candidate -> !DocumentFields.of(candidate).resolve(path).isEmpty());
    }

    private boolean exists(String partyOrGateway) {
        return AgreementRules.agencies(agreement).anyMatch(agency -> covers(partyOrGateway, agency.getCode()));
    }

    /** Whether an agency that is meant has the role. */
    private boolean has(String partyOrGateway, RoleType role) {
        return AgreementRules.agencies(agreement)
                .anyMatch(agency -> covers(partyOrGateway, agency.getCode())
                        && agency.getRole().contains(role));
    }

    private static boolean covers(String partyOrGateway, String gateway) {
        return gateway.equals(partyOrGateway) || gateway.startsWith(partyOrGateway + "-");
    }

    private static boolean within(String path, String top) {
        return path.equals(top) || path.startsWith(top + "/");
    }
}
