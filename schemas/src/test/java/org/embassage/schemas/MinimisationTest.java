package org.embassage.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.embassage.schemas.Minimisation.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MinimisationTest {

    static Stream<Arguments> everyStrippableElementThatASampleHolds() {
        return Stream.of(DocumentKind.values()).flatMap(kind -> {
            DocumentView view = SharedSchema.validateDocument(Samples.bytes(Samples.sampleOf(kind)))
                    .view();
            return DocumentFields.of(kind).all().stream()
                    .filter(DocumentFields.Field::strippable)
                    .map(DocumentFields.Field::path)
                    .filter(path ->
                            view.present().contains(path) || view.withheld().contains(path))
                    .map(path -> Arguments.of(kind, path));
        });
    }

    @ParameterizedTest
    @MethodSource("everyStrippableElementThatASampleHolds")
    void aStrippedElementLeavesAValidDocumentThatSaysItWasWithheld(DocumentKind kind, String path) {
        Minimisation strip = Minimisation.of(kind, List.of(path), Map.of());

        byte[] less = strip.apply(Samples.bytes(Samples.sampleOf(kind)));

        SchemaCheck<DocumentView> check = SharedSchema.validateDocument(less);
        assertThat(check.violations()).isEmpty();
        assertThat(check.view().withheld()).contains(path);
        assertThat(strip.breaches(check.view())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DocumentKind.class)
    void allThatCanBeStrippedMayBeStrippedAtOnce(DocumentKind kind) {
        List<String> everything = DocumentFields.of(kind).all().stream()
                .filter(DocumentFields.Field::strippable)
                .map(DocumentFields.Field::path)
                .toList();

        byte[] least = Minimisation.of(kind, everything, Map.of()).apply(Samples.bytes(Samples.sampleOf(kind)));

        assertThat(SharedSchema.validateDocument(least).violations()).isEmpty();
        assertThat(new String(least, StandardCharsets.UTF_8))
                .doesNotContain("Kastrimova", "L898902C3", "VELMARK0000017");
    }

    static Stream<Arguments> everyDateOfEveryKind() {
        return Stream.of(DocumentKind.values())
                .flatMap(kind -> DocumentFields.of(kind).all().stream()
                        .filter(field -> field.type().equals("PartialDateType"))
                        .flatMap(
                                field -> Stream.of(Mask.values()).map(mask -> Arguments.of(kind, field.path(), mask))));
    }

    @ParameterizedTest
    @MethodSource("everyDateOfEveryKind")
    void aMaskedDateLeavesAValidDocument(DocumentKind kind, String path, Mask to) {
        Minimisation mask = Minimisation.of(kind, List.of(), Map.of(path, to));

        byte[] less = mask.apply(Samples.bytes(Samples.sampleOf(kind)));

        SchemaCheck<DocumentView> check = SharedSchema.validateDocument(less);
        assertThat(check.violations()).isEmpty();
        assertThat(mask.breaches(check.view())).isEmpty();
    }

    @Test
    void thePersonsNamesAreGoneButNotTheRestOfTheBytes() {
        String before = Samples.text("document-alert");

        String after = apply(before, List.of("Holder"), Map.of());

        int from = before.indexOf("<Holder>");
        int to = before.indexOf("</Holder>") + "</Holder>".length();
        assertThat(after)
                .isEqualTo(before.substring(0, from)
                        + "<Holder xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\""
                        + " absent=\"WITHHELD_BY_POLICY\"/>" + before.substring(to))
                .doesNotContain("Kastrimova", "Кастримова");
    }

    @Test
    void theNumberOfStrippedElementsIsNotTold() {
        String after = apply(Samples.text("document-alert"), List.of("//Holder/Name", "//BirthDate"), Map.of());

        assertThat(after.split("<Name ", -1)).hasSize(2);
        assertThat(after.split("<BirthDate ", -1)).hasSize(2);
    }

    @Test
    void anElementThatWasAbsentForAnotherReasonIsWithheldToo() {
        String after = apply(Samples.text("document-alert"), List.of("TravelDocument/ExpiryDate"), Map.of());

        assertThat(after).doesNotContain("NOT_APPLICABLE").contains("WITHHELD_BY_POLICY");
    }

    @Test
    void aMaskedDayKeepsItsYearAndLosesItsOriginalText() {
        String after = apply(Samples.text("document-alert"), List.of(), Map.of("TravelDocument/IssueDate", Mask.YEAR));

        assertThat(after).contains("<Year>2030</Year>").doesNotContain("2030-11-05", "301105");
    }

    @Test
    void aMonthIsAllThatAMaskToTheMonthLeaves() {
        String after =
                apply(Samples.text("document-alert"), List.of(), Map.of("TravelDocument/IssueDate", Mask.YEAR_MONTH));

        assertThat(after).contains("<YearMonth>2030-11</YearMonth>").doesNotContain("2030-11-05", "301105");
    }

    @Test
    void aDateWrittenWithCharacterReferencesIsWithheldWhole() {
        String sly = Samples.replace(Samples.text("document-alert"), "2030-11-05", "2030-11-&#x30;5");

        String after = apply(sly, List.of(), Map.of("TravelDocument/IssueDate", Mask.YEAR));

        assertThat(after).contains("<IssueDate xmlns:xsi").doesNotContain("2030-11");
    }

    @Test
    void prefixesAndQuotedBracketsDoNotHideAnElement() {
        String sly = Samples.text("document-alert")
                .replace("<Holder>", "<q:Holder xmlns:q='urn:embassage:exchange:1' xmlns:z='>'>")
                .replace("</Holder>", "</q:Holder>");
        assertThat(SharedSchema.validateDocument(Samples.bytesOf(sly)).violations())
                .isEmpty();

        String after = apply(sly, List.of("Holder"), Map.of());

        assertThat(after).doesNotContain("Kastrimova");
    }

    @Test
    void aReceiverSeesWhatTheSenderShouldHaveLeftOut() {
        Minimisation rules = Minimisation.of(
                DocumentKind.DOCUMENT_ALERT,
                List.of("Holder"),
                Map.of("TravelDocument/IssueDate", Mask.YEAR, "EventDate", Mask.YEAR_MONTH));
        DocumentView untouched =
                SharedSchema.validateDocument(Samples.bytes("document-alert")).view();

        assertThat(rules.breaches(untouched)).containsExactly("Holder", "TravelDocument/IssueDate");
    }

    @Test
    void rulesThatWouldBreakADocumentCannotBeMade() {
        for (String path : List.of("Governance", "Governance/OriginRecordRef", "ReasonCode", "Nothing", "//Nothing")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Minimisation.of(DocumentKind.DOCUMENT_ALERT, List.of(path), Map.of()));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Minimisation.of(
                        DocumentKind.DOCUMENT_ALERT, List.of(), Map.of("TravelDocument/NumberText", Mask.YEAR)));
    }

    private static String apply(String document, List<String> strip, Map<String, Mask> mask) {
        byte[] less = Minimisation.of(DocumentKind.DOCUMENT_ALERT, strip, mask).apply(Samples.bytesOf(document));
        assertThat(SharedSchema.validateDocument(less).violations()).isEmpty();
        return new String(less, StandardCharsets.UTF_8);
    }
}
