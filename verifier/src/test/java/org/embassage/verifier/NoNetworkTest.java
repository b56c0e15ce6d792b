package org.embassage.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The auditor's command reaches for nothing: it works on a machine without network. */
class NoNetworkTest {

    private static final ArchRule NO_NETWORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..", "java.rmi..", "javax.naming..", "jdk.httpserver..")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.channels..", "org.apache.camel..", "org.apache.sshd..", "org.apache.artemis..");

    @Test
    void neitherEvidenceNorVerifierUsesANetworkClass() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.embassage.evidence", "org.embassage.verifier");

        assertThat(classes.contain("org.embassage.evidence.verify.EvidenceVerifier"))
                .isTrue();
        assertThat(classes.contain("org.embassage.verifier.VerifyCommand")).isTrue();
        NO_NETWORK.check(classes);
    }

    @Test
    void theRuleCatchesAClassThatDoes() {
        JavaClasses classes = new ClassFileImporter().importClasses(Connects.class);

        assertThatThrownBy(() -> NO_NETWORK.check(classes)).isInstanceOf(AssertionError.class);
    }

    /** What the rule is against. */
    static final class Connects {
        static boolean isBound(java.net.Socket socket) {
            return socket.isBound();
        }
    }
}
