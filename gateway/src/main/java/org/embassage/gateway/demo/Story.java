package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.terminal.Terminal;

/** The story: what was done, what came of it, and whether all of it held. */
public final class Story implements AutoCloseable {

    private static final int DAYS = 365;
    private static final Duration UP_WITHIN = Duration.ofSeconds(180);

    private final Stage stage;
    private final Path folder;
    private final HomePlan velmark;
    private final HomePlan ostrana;
    private final List<ChildGateway> children = new CopyOnWriteArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private volatile Optional<Rewriting> rewriting = Optional.empty();

    /** @param folder where the homes and the bundles go */
    public Story(Terminal terminal, Path folder) {
        this.stage = new Stage(terminal, clock);
        this.folder = folder;
        List<Integer> ports = FreePorts.find(6);
        this.velmark = plan("QVL-BG", ports.subList(0, 3));
        this.ostrana = plan("QOS-POL", ports.subList(3, 6));
    }

    private HomePlan plan(String id, List<Integer> ports) {
        GatewayId gateway = new GatewayId(id);
        return new HomePlan(
                gateway,
                folder.resolve(id),
                HomePlan.descriptionsOf(gateway),
                ports.get(0),
                ports.get(1),
                ports.get(2),
                DAYS);
    }

    /**
     * Plays it from the first act to the last. At its end no gateway runs.
     *
     * @return what did not hold; empty if all did
     */
    public List<String> play() throws IOException {
        Instant begun = clock.instant();
        makeHomes();
        stage.act("Two gateways start, each a process with its own broker, SFTP server and database");
        if (start()) {
            told(velmark);
            told(ostrana);
            perform();
        }
        List<String> failures = stage.failures();
        stage.end(
                failures.isEmpty()
                        ? stage.good("All of it held") + ", in "
                                + Duration.between(begun, clock.instant()).toSeconds() + " s."
                        : stage.bad("Not all of it held:"));
        failures.forEach(failure -> stage.line("- " + failure));
        return failures;
    }

    private void makeHomes() throws IOException {
        stage.act("Two countries, each with an authority, a gateway and throw-away keys");
        new DevelopmentHomes(clock, random).make(List.of(velmark, ostrana));
        stage.line("Velmark  " + velmark.home() + "  (border guard)");
        stage.line("Ostrana  " + ostrana.home() + "  (police)");
        stage.line("Both signed one agreement: people and vehicles travel by JMS, documents and seizures by SFTP;");
        stage.line("addresses are stripped and dates of issue masked before anything leaves.");
    }

    /** Starts both gateways. @return whether both are up */
    public boolean start() {
        stop();
        children.add(ChildGateway.start(velmark.home(), velmark.observe()));
        children.add(ChildGateway.start(ostrana.home(), ostrana.observe()));
        boolean up = stage.until(
                "gateways up",
                children.size(),
                () -> children.stream().filter(ChildGateway::ready).count(),
                this::running,
                UP_WITHIN);
        stage.check(up, "both gateways are up within " + UP_WITHIN.toSeconds() + " s; see log/start.log in each home");
        return up;
    }

    private void told(HomePlan plan) {
        stage.line(plan.gateway() + "  JMS 127.0.0.1:" + plan.jms() + "  SFTP 127.0.0.1:" + plan.sftp()
                + "  health http://127.0.0.1:" + plan.observe() + "/observe/health/ready");
    }

    private void perform() throws IOException {
        Bundles bundles = new Bundles(
                folder.resolve("bundles"),
                velmark.home().resolve("trust"),
                ostrana.home().resolve("peers"));
        Judgement judgement = new Judgement(stage, bundles);
        List<ExchangeId> sent;
        Path bundle;
        try (Side qvl = Side.of(velmark);
                Side qos = Side.of(ostrana)) {
            Crossing crossing = new Crossing(stage, qvl, qos, this::running);
            crossing.drop(random);
            crossing.await();
            crossing.showHandOver();
            crossing.showReceipts();
            sent = qvl.sent();
            bundle = judgement.whole(qvl, qos).get(1);
            Openssl openssl = Openssl.begin(bundle, bundles.trust(), bundles.folder());
            judgement.changed(bundle);
            new Omission(stage, bundles, this::running).play(qvl, sent.get(0));
            new Erasure(stage, bundles, this::running).play(qvl, qos, sent.get(0), sent.get(1));
            judgement.withoutOurSoftware(openssl);
        }
        stop();
        try (Rewriting act = new Rewriting(stage, bundles, folder.resolve("rewritten"), velmark, ostrana)) {
            rewriting = Optional.of(act);
            act.play(sent.get(0));
        }
        next(bundle, bundles.trust());
    }

    private void next(Path bundle, Path trust) {
        stage.act("Where to look next");
        stage.repeat("./embassage status --home " + velmark.home());
        stage.repeat("./embassage exchange list --home " + velmark.home());
        stage.repeat("./embassage quarantine list --home " + velmark.home());
        stage.repeat("./embassage ledger verify --home " + ostrana.home());
        stage.repeat("./embassage verify " + bundle + " --trust " + trust + " --report detailed");
        stage.repeat("./embassage run --home " + velmark.home() + "   (and the other, when they are not running)");
    }

    /** Whether both gateways run. */
    public boolean running() {
        return !children.isEmpty() && children.stream().allMatch(ChildGateway::alive);
    }

    private void stop() {
        children.parallelStream().forEach(ChildGateway::close);
        children.clear();
    }

    /** Stops all gateways. */
    @Override
    public void close() {
        stop();
        rewriting.ifPresent(Rewriting::close);
    }
}
