package org.embassage.scenarios.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;

/** Where the modules are, and what each may know: the arrows of ARCHITECTURE.md. */
final class House {

    /** The root package of the product. */
    static final String PRODUCT = "org.embassage";

    /** The root package of a small house that breaks every rule on purpose. */
    static final String BROKEN = "org.embassage.scenarios.house.broken";

    /** What every module may know: the JDK and two libraries of annotations. */
    private static final List<String> EVERYONE = List.of(
            "java..",
            "javax..",
            "org.w3c.dom..",
            "org.xml.sax..",
            "org.jspecify..",
            "com.google.errorprone.annotations..");

    /** The modules a module may import, itself not named. */
    static final Map<String, List<String>> ARROWS = Map.of(
            "evidence", List.of(),
            "verifier", List.of("evidence"),
            "schemas", List.of(),
            "exchange", List.of("evidence", "schemas"),
            "sealing", List.of("exchange", "evidence"),
            "store", List.of("exchange", "evidence"),
            "translation", List.of("exchange", "evidence", "schemas"),
            "routes", List.of("exchange", "evidence"));

    /** The libraries a module may import. */
    static final Map<String, List<String>> LIBRARIES = Map.of(
            "evidence", List.of("org.bouncycastle.."),
            "verifier", List.of("picocli..", "org.apache.pdfbox.."),
            "schemas", List.of("jakarta.xml.bind.."),
            "exchange", List.of("org.slf4j.."),
            "sealing", List.of("org.bouncycastle..", "io.github.jopenlibs.vault..", "org.slf4j.."),
            "store",
                    List.of(
                            "org.jdbi..",
                            "com.zaxxer.hikari..",
                            "org.flywaydb..",
                            "org.sqlite..",
                            "org.postgresql..",
                            "org.slf4j.."),
            "translation", List.of("org.snakeyaml.engine..", "org.slf4j.."),
            "routes",
                    List.of(
                            "org.apache.camel..",
                            "org.apache.activemq.artemis..",
                            "org.apache.sshd..",
                            "jakarta.jms..",
                            "org.springframework.jms..",
                            "org.slf4j.."));

    private House() {}

    /** Every module whose packages a rule names. */
    static List<String> modules() {
        return List.of(
                "evidence", "verifier", "schemas", "exchange", "sealing", "store", "translation", "routes", "gateway");
    }

    /** The packages that a module may know, as ArchUnit patterns. */
    static String[] mayKnow(String root, String module) {
        List<String> packages = new java.util.ArrayList<>(EVERYONE);
        packages.add(in(root, module));
        ARROWS.getOrDefault(module, List.of()).forEach(other -> packages.add(in(root, other)));
        packages.addAll(LIBRARIES.getOrDefault(module, List.of()));
        return packages.toArray(String[]::new);
    }

    static String in(String root, String module) {
        return root + "." + module + "..";
    }

    static String[] in(String root, List<String> modules) {
        return modules.stream().map(module -> in(root, module)).toArray(String[]::new);
    }

    /** The product's classes, without any test's. */
    static JavaClasses product() {
        return Holder.PRODUCT_CLASSES;
    }

    /** The classes that break the rules on purpose. */
    static JavaClasses broken() {
        return Holder.BROKEN_CLASSES;
    }

    private static final class Holder {
        static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(
                        modules().stream().map(module -> PRODUCT + "." + module).toArray(String[]::new));
        static final JavaClasses BROKEN_CLASSES = new ClassFileImporter().importPackages(BROKEN);
    }
}
