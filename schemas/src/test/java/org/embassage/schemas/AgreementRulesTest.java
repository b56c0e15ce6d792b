package org.embassage.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.embassage.schemas.xml.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule's nearest miss: the sample agreement or card with one thing wrong. */
class AgreementRulesTest {

    private static final String PREVIOUS =
            " previous=\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"";

    @ParameterizedTest(name = "{0} for {1} breaks {2} at {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version=\"1\" | version=\"2\" | AG-1 | /Agreement",
                "version=\"1\" | version=\"1\" PREVIOUS | AG-1 | /Agreement",
                "code=\"QOS-BP\" | code=\"QVL-BP\" | AG-2 | /Agreement/Party[2]",
                "kind=\"DocumentAlert\" | kind=\"Gossip\" | AG-3 | /Agreement/Rule[1]",
                "kind=\"*\" | kind=\"Gossip\" | AG-3 | /Agreement/Deny[1]",
                "<Strip path=\"Holder\"/> | <Strip path=\"Holdre\"/> | AG-4 | /Agreement/Rule[1]/Strip[1]",
                "<Strip path=\"Holder\"/> | <Strip path=\"Governance\"/> | AG-4 | /Agreement/Rule[1]/Strip[1]",
                "<Strip path=\"Holder\"/> | <Strip path=\"TravelDocument/NumberText\"/> | AG-4 | /Agreement/Rule[1]/Require[1]",
                "<Mask path=\"TravelDocument/IssueDate\" | <Mask path=\"ReasonCode\" | AG-4 | /Agreement/Rule[1]/Mask[1]",
                "path=\"//Person/PhysicalMark\" | path=\"//Person/Religion\" | AG-4 | /Agreement/Deny[2]",
                "kind=\"*\" subjectCategory=\"INFORMANT_NEVER_SEND\" | `` | AG-5 | /Agreement/Deny[1]",
                "<Suspension state=\"NONE\"/> | <Suspension state=\"SUSPENDED\"/> | AG-6 | /Agreement/Suspension",
                "<Suspension state=\"NONE\"/> | <Suspension state=\"NONE\" by=\"QVL\"/> | AG-6 | /Agreement/Suspension",
                "until=\"2035-12-31T23:59:59Z\" | until=\"2030-12-31T23:59:59Z\" | AG-7 | /Agreement/Validity",
                "from=\"QVL\" to=\"QOS\" | from=\"QVL\" to=\"QRL\" | AG-8 | /Agreement/Rule[1]",
                "from=\"QVL\" to=\"QOS\" | from=\"QOS-BP\" to=\"QVL\" | AG-8 | /Agreement/Rule[1]",
                "fallback=\"SFTP\" | fallback=\"JMS\" | AG-9 | /Agreement/Rule[1]",
                "allowed=\"H0 H1 H2\" floor=\"H0\" | allowed=\"H0 H1\" floor=\"H3\" | AG-10 | /Agreement/Rule[1]",
                "id=\"R2\" | id=\"R1\" | cvc-identity-constraint.4.1 | /Agreement/Rule[2]",
                "allow=\"SUSPECT VICTIM\" | allow=\"INFORMANT_NEVER_SEND\" | cvc-enumeration-valid | /Agreement/Rule[2]/Subjects",
                "<Retention days=\"1095\"/> | `` | cvc-complex-type.2.4.a | /Agreement/Rule[1]/Release",
                "suites=\"GW-CMS-1\" | suites=\"PLAIN\" | cvc-enumeration-valid | /Agreement/Crypto",
            })
    void anAgreementWithOneThingWrongNamesRuleAndPlace(String old, String replacement, String ruleId, String path) {
        byte[] broken = Samples.with("agreement", old, replacement.replace(" PREVIOUS", PREVIOUS));

        Violation first = SharedSchema.readAgreement(broken).violations().get(0);

        assertThat(first.ruleId()).isEqualTo(ruleId);
        assertThat(first.path()).isEqualTo(path);
    }

    @ParameterizedTest(name = "{0} for {1} breaks {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "country=\"QVL\" | country=\"QOS\" | PC-1",
                "validUntil=\"2032 | validUntil=\"2030 | PC-2",
                "issued=\"2031-01 | issued=\"2029-01 | PC-4",
                "ssh-ed25519 AAAA | ssh-dss AAAA | cvc-pattern-valid",
                "port=\"2222\" | port=\"0\" | cvc-minInclusive-valid",
            })
    void aPeerCardWithOneThingWrongNamesTheRule(String old, String replacement, String ruleId) {
        byte[] broken = Samples.with("peer-card", old, replacement);

        assertThat(SharedSchema.readPeerCard(broken).violations())
                .extracting(Violation::ruleId)
                .contains(ruleId);
    }
}
