package org.embassage.verifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.verify.JudgedReceipt;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.verifier.paper.Paper;
import org.embassage.verifier.paper.SequenceFigure;
import org.embassage.verifier.paper.SequenceFigure.Step;
import org.embassage.verifier.paper.Style;

/** The part of the report on paper that says what the receipts say. */
final class PdfFacts {

    /** So many exchanges are told one by one, with a figure each. */
    private static final int MOST_EXCHANGES = 20;

    private final VerificationReport report;
    private final Paper paper;
    private final Consumer<String> title;

    PdfFacts(VerificationReport report, Paper paper, Consumer<String> title) {
        this.report = report;
        this.paper = paper;
        this.title = title;
    }

    void write() {
        title.accept("What the receipts say");
        paper.paragraph(
                "To be believed as far as the verdict goes. The receipts hold no personal data and no content: they say which"
                        + " message, between whom, when, and what became of it.",
                Style.BODY);
        Map<ExchangeId, List<Evidence>> exchanges = exchanges();
        exchanges.entrySet().stream()
                .limit(MOST_EXCHANGES)
                .forEach(exchange -> exchange(exchange.getKey(), exchange.getValue()));
        if (exchanges.size() > MOST_EXCHANGES) {
            paper.paragraph(
                    "There are " + (exchanges.size() - MOST_EXCHANGES)
                            + " more exchanges; the time line below and the report as JSON tell them.",
                    Style.STRONG);
        }
        timeline();
    }

    private Map<ExchangeId, List<Evidence>> exchanges() {
        Map<ExchangeId, List<Evidence>> exchanges = new LinkedHashMap<>();
        for (JudgedReceipt receipt : report.receipts()) {
            if (receipt.evidence().subject() instanceof Subject.OfExchange of) {
                exchanges
                        .computeIfAbsent(of.exchange(), id -> new ArrayList<>())
                        .add(receipt.evidence());
            }
        }
        return exchanges;
    }

    private void exchange(ExchangeId id, List<Evidence> said) {
        Evidence first = said.get(0);
        Subject.OfExchange about = (Subject.OfExchange) first.subject();
        String recipient = first.recipient().map(Object::toString).orElse("unknown");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Exchange", id.toString()));
        rows.add(List.of("From, to", first.sender() + " to " + recipient));
        rows.add(List.of(
                "What kind of record",
                about.kind() + ", schema " + about.schemaVersion() + ", number " + about.sequence()
                        + " between these gateways"));
        rows.add(List.of("Submitted", PdfTexts.time(about.submitted()) + ", by the clock of " + first.sender()));
        about.supersedes().ifPresent(old -> rows.add(List.of("Takes the place of", "exchange " + old)));
        said.stream()
                .flatMap(e -> e.terms().stream())
                .findFirst()
                .ifPresent(terms -> rows.add(List.of(
                        "Under the agreement",
                        terms.agreementId() + ", version " + terms.agreementVersion() + ", rule " + terms.clause()
                                + (terms.applied().isEmpty()
                                        ? ""
                                        : "; taken out or masked: " + String.join(", ", terms.applied())))));
        said.stream()
                .flatMap(e -> e.digests().stream())
                .findFirst()
                .ifPresent(digests -> rows.add(List.of(
                        "SHA-256 of the encrypted message", digests.outer().hex())));
        Evidence last = said.get(said.size() - 1);
        rows.add(List.of(
                "Last that is said of it",
                PdfTexts.time(last.time()) + ": " + last.issuer() + " " + EventWords.says(last)));
        paper.table(List.of(), List.of(25, 75), rows);
        if (said.size() <= SequenceFigure.most()) {
            paper.sequence(figure(id, first.sender().toString(), recipient, said));
        }
    }

    private static SequenceFigure figure(ExchangeId id, String sender, String recipient, List<Evidence> said) {
        List<Step> steps = new ArrayList<>();
        StringBuilder heard = new StringBuilder("Time line of exchange " + id + ":");
        for (Evidence e : said) {
            int party = e.issuer().toString().equals(sender) ? 0 : 1;
            boolean crosses = party == 1 && e.event().etsiName().startsWith("Relay");
            steps.add(new Step(party, PdfTexts.time(e.time()), e.event().etsiName(), EventWords.forward(e), crosses));
            heard.append(' ')
                    .append(e.time())
                    .append(' ')
                    .append(e.issuer())
                    .append(' ')
                    .append(e.event().etsiName())
                    .append('.');
        }
        return new SequenceFigure(
                "Time line of this exchange, from top to bottom. A full disc is a step forward; a ring with a cross is a"
                        + " refusal, a failure or a stop; an arrow is the message that came over.",
                List.of(sender, recipient),
                steps,
                heard.toString());
    }

    private void timeline() {
        if (report.receipts().isEmpty()) {
            paper.paragraph("There is no whole receipt that would say anything.", Style.BODY);
            return;
        }
        boolean one = report.receipts().stream()
                        .map(receipt -> EventWords.about(receipt.evidence()))
                        .distinct()
                        .count()
                == 1;
        List<List<String>> rows = new ArrayList<>();
        report.receipts().stream().limit(PdfReport.MOST_RECEIPTS).forEach(receipt -> {
            Evidence e = receipt.evidence();
            String says = e.event().etsiName() + ": " + EventWords.says(e);
            String time = PdfTexts.time(e.time()).replaceFirst(" ", "\n");
            rows.add(
                    one
                            ? List.of(time, e.issuer().toString(), says)
                            : List.of(time, e.issuer().toString(), says, EventWords.about(e)));
        });
        List<String> headings = List.of("Time, by the issuer's clock", "Said by", "What it says", "About");
        paper.table(one ? headings.subList(0, 3) : headings, one ? List.of(22, 13, 65) : List.of(20, 12, 40, 28), rows);
        more(report, paper);
    }

    /** Says how many receipts are not told. */
    static void more(VerificationReport report, Paper paper) {
        int more = report.receipts().size() - PdfReport.MOST_RECEIPTS;
        if (more > 0) {
            paper.paragraph("There are " + more + " more receipts; the report as JSON names them.", Style.STRONG);
        }
    }
}
