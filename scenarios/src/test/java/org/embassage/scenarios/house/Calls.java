package org.embassage.scenarios.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that code must not touch.
 *
 * @param what in words
 * @param access whether an access (a call, a field read) is one of it
 * @param dependency whether knowing this class is already one of it
 * @param allowed class names or packages, relative to the root, that may; each is a named exception
 */
record Calls(String what, Predicate<JavaAccess<?>> access, Predicate<JavaClass> dependency, Set<String> allowed) {

    static Calls to(String what, Predicate<JavaAccess<?>> access, String... allowed) {
        return new Calls(what, access, type -> false, Set.of(allowed));
    }

    static Calls knowing(String what, Predicate<JavaClass> dependency, String... allowed) {
        return new Calls(what, access -> false, dependency, Set.of(allowed));
    }

    ArchRule forbidden(String root) {
        return classes().that().resideInAPackage(root + "..").should(notTouch(root));
    }

    /** Whether a class, or the package it is in, is a named exception. */
    boolean allows(String root, JavaClass type) {
        return allowed.stream()
                .map(exception -> root + "." + exception)
                .anyMatch(name -> type.getName().equals(name)
                        || type.getName().startsWith(name + "$")
                        || type.getName().startsWith(name + "."));
    }

    /** Whether the class does it, allowed or not. */
    boolean touches(JavaClass type) {
        return type.getAccessesFromSelf().stream().anyMatch(access)
                || type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .anyMatch(dependency);
    }

    private ArchCondition<JavaClass> notTouch(String root) {
        return new ArchCondition<>("not touch " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (allows(root, type)) {
                    return;
                }
                type.getAccessesFromSelf().stream()
                        .filter(access)
                        .forEach(found -> events.add(SimpleConditionEvent.violated(type, found.getDescription())));
                type.getDirectDependenciesFromSelf().stream()
                        .filter(found -> dependency.test(found.getTargetClass()))
                        .forEach(found -> events.add(SimpleConditionEvent.violated(type, found.getDescription())));
            }
        };
    }
}
