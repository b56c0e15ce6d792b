package org.embassage.scenarios.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** All rules about the code. Exceptions stand here by name, nowhere else. */
final class HouseRules {

    private static final Set<String> XML_FACTORY_MAKERS = Set.of(
            "newInstance",
            "newNSInstance",
            "newFactory",
            "newDefaultInstance",
            "newDefaultNSInstance",
            "newDefaultFactory");

    private static final Set<String> CLASS_PATH_LOOKUPS = Set.of("newInstance", "newNSInstance", "newFactory");

    private static final Map<String, Set<String>> CLOCK_READS = Map.of(
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.lang.System", Set.of("currentTimeMillis"));

    /** What java.net has that opens no connection. */
    private static final Set<String> NAMES_OF_PLACES =
            Set.of("java.net.URI", "java.net.URISyntaxException", "java.net.URL", "java.net.URLDecoder");

    private static final Set<String> NETWORK_PACKAGES = Set.of("javax.net.", "java.rmi.", "com.sun.net.", "sun.net.");

    /** The classes that make XML readers: each closes DTDs, entities and external access, and bounds what it reads. */
    static final Calls XML_FACTORIES = Calls.to(
            "XML factories outside the guarded classes",
            call(owner -> owner.startsWith("javax.xml.") && owner.endsWith("Factory"), XML_FACTORY_MAKERS::contains),
            "evidence.receipt.EvidenceXml",
            "evidence.verify.XmlFacts",
            "schemas.xml.GuardedParser",
            "schemas.xml.SchemaFiles",
            "translation.handover.MessageTree");

    /** Dates that the JDK's own certificate API or BouncyCastle wants. */
    static final Calls OLD_DATES = Calls.knowing(
            "java.util.Date and Calendar",
            type -> type.isEquivalentTo(java.util.Date.class) || type.isAssignableTo(java.util.Calendar.class),
            "evidence.cms.CadesSigner",
            "evidence.cms.CadesVerifier",
            "evidence.cms.CertificateJudge",
            "evidence.time.TokenCheck",
            "evidence.verify.Authorities",
            "evidence.verify.PathJudge",
            "gateway.observe.GatewayMetrics",
            "gateway.timestamp.KeptStatuses",
            "gateway.timestamp.RenewRecords",
            "sealing.development.Certificates",
            "sealing.timestamp.DevelopmentTsa");

    /** Commands talk on the streams they are given, which a test can read. */
    static final Calls STANDARD_STREAMS = Calls.to(
            "System.out and System.err",
            access -> access.getTargetOwner().isEquivalentTo(System.class)
                    && Set.of("out", "err").contains(access.getName()));

    /** Time comes in through a Clock; only the wiring makes one. */
    static final Calls HIDDEN_CLOCKS = Calls.to("the time without a Clock", HouseRules::readsTheTimeWithoutAClock);

    static final Calls JAVA_SERIALISATION =
            Calls.knowing("Java deserialisation", type -> type.isAssignableTo(java.io.ObjectInputStream.class));

    /**
     * An auditor's machine has none, and what has no edge needs none. Health, metrics and the demo stay on loopback. One
     * authority is asked for time-stamps, and neutral witnesses speak HTTP and TLS.
     */
    static final Calls NETWORK = Calls.knowing(
            "the network",
            HouseRules::isNetwork,
            "routes",
            "gateway.observe.ObserveServer",
            "gateway.demo",
            "gateway.witness.WitnessClient",
            "gateway.witness.WitnessServer",
            "gateway.witness.WitnessTls",
            "sealing.timestamp.HttpTimeStamper",
            "sealing.timestamp.LimitedBody");

    /** Spreading retries over time needs no secret, nor does inventing records for the demo. */
    static final Calls WEAK_RANDOMNESS = Calls.knowing(
            "randomness that can be guessed",
            type -> Set.of("java.util.Random", "java.util.SplittableRandom", "java.util.concurrent.ThreadLocalRandom")
                    .contains(type.getName()),
            "exchange.send.Link",
            "exchange.send.RetryPlan",
            "translation.synthetic.Invention");

    static final Calls CLASS_PATH_FACTORIES = Calls.to(
            "XML factories that are looked up on the class path",
            call(owner -> owner.startsWith("javax.xml.") && owner.endsWith("Factory"), CLASS_PATH_LOOKUPS::contains));

    private HouseRules() {}

    static List<HouseRule> all() {
        List<HouseRule> rules = new ArrayList<>(List.of(
                HouseRule.arrow("evidence", "KnowsTheExchange"),
                HouseRule.arrow("verifier", "KnowsTheExchange"),
                HouseRule.arrow("schemas", "KnowsEvidence"),
                HouseRule.arrow("exchange", "KnowsTheStore"),
                HouseRule.arrow("sealing", "KnowsTheStore"),
                HouseRule.arrow("store", "KnowsSchemas"),
                HouseRule.arrow("translation", "KnowsSealing"),
                HouseRule.arrow("routes", "KnowsTheStore"),
                HouseRule.nobodyImports("gateway", "KnowsTheGateway"),
                HouseRule.onlyIn("Camel", List.of("routes", "gateway"), "KnowsCamel", "org.apache.camel.."),
                HouseRule.onlyIn(
                        "BouncyCastle", List.of("evidence", "sealing"), "KnowsBouncyCastle", "org.bouncycastle.."),
                HouseRule.onlyIn(
                        "the database",
                        List.of("store"),
                        "KnowsJdbc",
                        "java.sql..",
                        "javax.sql..",
                        "org.jdbi..",
                        "com.zaxxer.hikari..",
                        "org.flywaydb.."),
                HouseRule.noCalls("the network is seen only at the edge", NETWORK, "KnowsTheNetwork"),
                HouseRule.noCalls("randomness cannot be guessed", WEAK_RANDOMNESS, "GuessableId"),
                HouseRule.noCalls("old dates are not used", OLD_DATES, "ReadsTheTime"),
                HouseRule.noCalls("time comes through a Clock", HIDDEN_CLOCKS, "ReadsTheTime"),
                HouseRule.noCalls("only commands write on the terminal", STANDARD_STREAMS, "WritesOnTheTerminal"),
                HouseRule.noCalls("no Java object is deserialised", JAVA_SERIALISATION, "Deserialises"),
                HouseRule.noCalls("XML readers are made in guarded classes", XML_FACTORIES, "MakesAnXmlReader"),
                HouseRule.noCalls("no XML factory is looked up", CLASS_PATH_FACTORIES, "MakesAnXmlReader")));
        House.modules().forEach(module -> rules.add(HouseRule.noCycles(module, "GoesRound")));
        return rules;
    }

    /** The rules that have named exceptions. */
    static List<Calls> withExceptions() {
        return List.of(XML_FACTORIES, OLD_DATES, WEAK_RANDOMNESS, NETWORK);
    }

    private static boolean isNetwork(JavaClass type) {
        String name = type.getName();
        return name.startsWith("java.net.") && !NAMES_OF_PLACES.contains(name)
                || NETWORK_PACKAGES.stream().anyMatch(name::startsWith)
                || name.startsWith("java.nio.channels.") && name.contains("Socket");
    }

    private static Predicate<JavaAccess<?>> call(Predicate<String> owner, Predicate<String> method) {
        return access -> access instanceof JavaCall<?>
                && owner.test(access.getTargetOwner().getName())
                && method.test(access.getName());
    }

    private static boolean readsTheTimeWithoutAClock(JavaAccess<?> access) {
        boolean reads = CLOCK_READS
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getName());
        return reads
                && access instanceof JavaCall<?> call
                && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.isEquivalentTo(java.time.Clock.class));
    }
}
