package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    static Stream<HouseRule> rules() {
        return HouseRules.all().stream();
    }

    static Stream<String> modules() {
        return House.modules().stream();
    }

    static Stream<Calls> rulesWithExceptions() {
        return HouseRules.withExceptions().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeepsTheRule(HouseRule rule) {
        rule.over().apply(House.PRODUCT).allowEmptyShould(false).check(House.product());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theBrokenHouseBreaksTheRule(HouseRule rule) {
        EvaluationResult result = rule.over().apply(House.BROKEN).evaluate(House.broken());

        assertThat(result.hasViolation()).isTrue();
        assertThat(String.join("\n", result.getFailureReport().getDetails())).contains(rule.breaker());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleThatARuleNamesHasClasses(String module) {
        List<String> types = House.product().stream()
                .filter(type -> type.getPackageName().startsWith(House.PRODUCT + "." + module))
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .toList();

        assertThat(types).as("classes of " + module).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("rulesWithExceptions")
    void everyNamedExceptionIsStillNeeded(Calls rule) {
        assertThat(rule.allowed())
                .allSatisfy(exception -> assertThat(House.product().stream()
                                .filter(type -> (type.getName() + ".").startsWith(House.PRODUCT + "." + exception + ".")
                                        || type.getName().startsWith(House.PRODUCT + "." + exception + "$"))
                                .anyMatch(rule::touches))
                        .as(exception + " may touch " + rule.what() + " and does")
                        .isTrue());
    }
}
