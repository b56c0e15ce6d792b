package org.embassage.scenarios.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.function.Function;

/**
 * A rule about the code, stated over any root package, so that the same rule judges the product and the broken house.
 *
 * @param name what a reader of a failure sees
 * @param over makes the rule for a root package
 * @param breaker the simple name of the class in the broken house that breaks it
 */
record HouseRule(String name, Function<String, ArchRule> over, String breaker) {

    @Override
    public String toString() {
        return name;
    }

    static HouseRule arrow(String module, String breaker) {
        return new HouseRule(
                module + " knows only what the arrows allow",
                root -> classes()
                        .that()
                        .resideInAPackage(House.in(root, module))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(House.mayKnow(root, module)),
                breaker);
    }

    /** Only these modules may know these packages. */
    static HouseRule onlyIn(String what, List<String> modules, String breaker, String... packages) {
        return new HouseRule(
                what + " is seen only in " + String.join(" and ", modules),
                root -> noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .resideOutsideOfPackages(House.in(root, modules))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages),
                breaker);
    }

    static HouseRule nobodyImports(String module, String breaker) {
        return new HouseRule(
                "nobody imports " + module,
                root -> noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .resideOutsideOfPackage(House.in(root, module))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(House.in(root, module)),
                breaker);
    }

    /** No class outside the allowed ones may do what the condition describes. */
    static HouseRule noCalls(String what, Calls calls, String breaker) {
        return new HouseRule(what, root -> calls.forbidden(root), breaker);
    }

    static HouseRule noCycles(String module, String breaker) {
        return new HouseRule(
                "no package of " + module + " is in a cycle",
                root -> SlicesRuleDefinition.slices()
                        .assignedFrom(new PackagesOf(root + "." + module))
                        .should()
                        .beFreeOfCycles(),
                breaker);
    }
}
