package org.embassage.exchange.agreement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.DocumentFields;
import org.embassage.schemas.DocumentKind;
import org.embassage.schemas.DocumentView;
import org.embassage.schemas.Governance;
import org.embassage.schemas.Minimisation;
import org.embassage.schemas.agreement.MaskType;
import org.embassage.schemas.agreement.MinorsType;
import org.embassage.schemas.agreement.PathType;
import org.embassage.schemas.agreement.PurposeType;
import org.embassage.schemas.agreement.ReleaseModeType;
import org.embassage.schemas.agreement.RuleType;
import org.embassage.schemas.agreement.SubjectCategoryType;

/** One rule of an agreement, ready to judge. Immutable. */
final class Clause {

    private static final List<String> HANDLING = List.of("H0", "H1", "H2", "H3");
    private static final List<String> ONWARD = List.of("NONE", "WITH_CONSENT", "LISTED_PARTIES");
    private static final List<String> EVIDENCE_USE = List.of("NO", "WITH_CONSENT", "YES");

    private final RuleType rule;
    private final DocumentKind kind;
    private final Minimisation minimisation;
    private final Set<String> stripped = new HashSet<>();
    private final Terms terms;

    /** @param rule of an agreement that was found valid, so that every path of it exists */
    Clause(RuleType rule, AgreementRef agreement) {
        this.rule = rule;
        this.kind = DocumentKind.named(rule.getKind()).orElseThrow();
        List<String> strip = rule.getStrip().stream().map(PathType::getPath).toList();
        Map<String, Minimisation.Mask> mask = new LinkedHashMap<>();
        for (MaskType each : rule.getMask()) {
            mask.put(each.getPath(), Minimisation.Mask.valueOf(each.getTo().value()));
        }
        this.minimisation = Minimisation.of(kind, strip, mask);
        strip.forEach(path -> stripped.addAll(DocumentFields.of(kind).resolve(path)));
        List<String> applied = new ArrayList<>();
        strip.forEach(path -> applied.add("Strip:" + path));
        mask.keySet().forEach(path -> applied.add("Mask:" + path));
        this.terms = new Terms(
                agreement,
                rule.getId(),
                applied,
                rule.getSchema(),
                rule.getService().getTransport().value(),
                Optional.ofNullable(rule.getService().getFallback()).map(t -> t.value()),
                Priority.valueOf(rule.getService().getPriority().value()),
                Duration.ofSeconds(rule.getService().getExpiresAfterSeconds()));
    }

    String id() {
        return rule.getId();
    }

    Terms terms() {
        return terms;
    }

    Minimisation minimisation() {
        return minimisation;
    }

    /** Whether it speaks of documents of this kind from this sender to this recipient. */
    boolean speaksOf(DocumentKind asked, GatewayId sender, GatewayId recipient) {
        return kind == asked && covers(rule.getFrom(), sender) && covers(rule.getTo(), recipient);
    }

    boolean agreesTo(String purpose) {
        return rule.getPurposes().contains(PurposeType.fromValue(purpose));
    }

    /** Whether the element at the full path leaves value-absent. */
    boolean strips(String path) {
        return stripped.stream().anyMatch(top -> path.equals(top) || path.startsWith(top + "/"));
    }

    /** A country stands for all its agencies. */
    static boolean covers(String partyOrGateway, GatewayId gateway) {
        return partyOrGateway.equals(gateway.value()) || partyOrGateway.equals(gateway.country());
    }

    /**
     * The first reason why the document does not hold to the clause.
     *
     * @param released how many persons released it
     */
    Optional<Fault> broken(DocumentView document, String status, Instant created, int released) {
        Governance governance = document.governance();
        Map<FaultCode, Boolean> questions = new EnumMap<>(FaultCode.class);
        boolean exercise = !status.equals("ACTUAL");
        questions.put(
                FaultCode.EXERCISE_NOT_AGREED, exercise && !rule.getExercise().isAllowed());
        questions.put(FaultCode.HANDLING_NOT_AGREED, !handlingHolds(governance));
        questions.put(
                FaultCode.ONWARD_NOT_AGREED,
                wider(ONWARD, governance.onward(), rule.getOnward().getCode().value()));
        questions.put(
                FaultCode.EVIDENCE_USE_NOT_AGREED,
                wider(
                        EVIDENCE_USE,
                        governance.evidenceUse(),
                        rule.getEvidenceUse().getCode().value()));
        LocalDate last = LocalDate.ofInstant(created, ZoneOffset.UTC)
                .plusDays(rule.getRetention().getDays());
        questions.put(FaultCode.RETENTION_NOT_AGREED, governance.retainUntil().isAfter(last));
        questions.put(FaultCode.SUBJECT_NOT_AGREED, !subjectsHold(document));
        for (Map.Entry<FaultCode, Boolean> question : questions.entrySet()) {
            if (question.getValue()) {
                return Optional.of(Fault.byClause(question.getKey(), id()));
            }
        }
        Optional<Fault> missing = requiredMissing(document)
                .map(path -> new Fault(FaultCode.REQUIRED_FIELD_MISSING, Optional.of(path), Optional.of(id())));
        if (missing.isEmpty()
                && released < releases(document)) { // last: nobody is asked to release what may not go anyway
            return Optional.of(Fault.byClause(FaultCode.RELEASE_NEEDED, id()));
        }
        return missing;
    }

    private boolean handlingHolds(Governance governance) {
        Set<String> allowed = new HashSet<>();
        rule.getHandling().getAllowed().forEach(code -> allowed.add(code.value()));
        int floor = HANDLING.indexOf(rule.getHandling().getFloor().value());
        return allowed.containsAll(governance.handling())
                && governance.handling().stream()
                                .mapToInt(HANDLING::indexOf)
                                .max()
                                .orElse(-1)
                        >= floor;
    }

    private static boolean wider(List<String> narrowToWide, String granted, String agreed) {
        return narrowToWide.indexOf(granted) > narrowToWide.indexOf(agreed);
    }

    private boolean subjectsHold(DocumentView document) {
        Set<String> allowed = new HashSet<>();
        if (rule.getSubjects() == null) {
            allowed.add("THIRD_PARTY");
        } else {
            rule.getSubjects().getAllow().stream()
                    .map(SubjectCategoryType::value)
                    .forEach(allowed::add);
        }
        boolean minorsRefused = rule.getSubjects() == null || rule.getSubjects().getMinors() == MinorsType.REFUSE;
        return document.subjects().stream()
                .allMatch(subject -> allowed.contains(subject.category()) && !(subject.minor() && minorsRefused));
    }

    /** How many persons must release the document before it may go: FOUR_EYES wants two. */
    private int releases(DocumentView document) {
        if (rule.getRelease().getMode() == ReleaseModeType.FOUR_EYES) {
            return 2;
        }
        boolean minorsHeld = rule.getSubjects() != null && rule.getSubjects().getMinors() == MinorsType.HUMAN_RELEASE;
        return minorsHeld && document.subjects().stream().anyMatch(DocumentView.Subject::minor) ? 1 : 0;
    }

    private Optional<String> requiredMissing(DocumentView document) {
        return rule.getRequire().stream()
                .map(PathType::getPath)
                .filter(path -> DocumentFields.of(kind).resolve(path).stream().noneMatch(document.present()::contains))
                .findFirst();
    }
}
