package org.embassage.scenarios.chaos;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Opener;
import org.embassage.exchange.port.Sealer;
import org.embassage.exchange.send.RetryPlan;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.embassage.sealing.Forgery;

/**
 * Around the ports of one gateway process: the named crash points, a forger inside it, and the negative controls, each of
 * which takes one check away.
 */
public final class ChaosPorts {

    private final Control control;
    private final Check off;
    private final Duration again;
    private final KeySource keys;
    private final Clock clock;
    private final SecureRandom random;
    private final Queue<Forged> forged = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "late-leaves");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param folder of control files; armed crash points are read there
     * @param off name of a {@link Check}
     * @param again after how long without an answer a message is carried again
     */
    public ChaosPorts(Path folder, String off, Duration again, KeySource keys, Clock clock, SecureRandom random) {
        this.control = new Control(folder);
        this.off = Check.of(off);
        this.again = again;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** A crash point before and after each call: {@code <port>.<method>.before} and {@code .after}. */
    public <T> T around(Class<T> port, T made) {
        return proxy(port, (method, arguments) -> {
            String name = port.getSimpleName() + "." + method.getName();
            control.pass(name + ".before");
            Object result = invoke(made, method, arguments);
            control.pass(name + ".after");
            return result;
        });
    }

    /** Commits by what is in them; reservations and leases as of any port. */
    public Journal journal(Journal made) {
        Journal checked = withoutCheck(made);
        return proxy(Journal.class, (method, arguments) -> {
            List<String> names = names(method, arguments);
            names.forEach(name -> control.pass(name + ".before"));
            Object result = invoke(checked, method, arguments);
            names.forEach(name -> control.pass(name + ".after"));
            return result;
        });
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(java.lang.reflect.Method method, Object[] arguments) {
        if (!method.getName().equals("commit")) {
            return List.of("Journal." + method.getName());
        }
        List<StepOutcome> steps =
                arguments[0] instanceof StepOutcome one ? List.of(one) : (List<StepOutcome>) arguments[0];
        return steps.stream()
                .flatMap(step -> step.facts().stream())
                .map(ChaosPorts::name)
                .distinct()
                .toList();
    }

    private static String name(Fact fact) {
        if (fact instanceof Fact.InboxMoved moved) {
            return "commit.InboxMoved." + moved.to();
        }
        if (fact instanceof Fact.ExchangeMoved moved) {
            return "commit.ExchangeMoved." + moved.to();
        }
        return "commit." + fact.getClass().getSimpleName();
    }

    // ---- negative controls

    @SuppressWarnings("unchecked")
    private Journal withoutCheck(Journal made) {
        if (off != Check.DUPLICATES && off != Check.LEAF_FIRST) {
            return made;
        }
        return proxy(Journal.class, (method, arguments) -> {
            if (!method.getName().equals("commit")) {
                return invoke(made, method, arguments);
            }
            boolean single = arguments[0] instanceof StepOutcome;
            List<StepOutcome> steps = single ? List.of((StepOutcome) arguments[0]) : (List<StepOutcome>) arguments[0];
            var results = made.commit(off == Check.DUPLICATES ? unclaimed(steps) : leavesLater(made, steps));
            return single ? results.get(0) : results;
        });
    }

    /** Nobody remembers that a record was taken. */
    private static List<StepOutcome> unclaimed(List<StepOutcome> steps) {
        return steps.stream()
                .map(step -> new StepOutcome(step.facts().stream()
                        .filter(fact -> !(fact instanceof Fact.IntakeClaimed))
                        .toList()))
                .toList();
    }

    /** What a message or receipt says leaves at once; that it was said enters the ledger a while later, or never. */
    private List<StepOutcome> leavesLater(Journal made, List<StepOutcome> steps) {
        List<StepOutcome> now = new ArrayList<>();
        for (StepOutcome step : steps) {
            List<Fact> kept = new ArrayList<>();
            List<Fact> late = new ArrayList<>();
            boolean leaves = step.facts().stream().anyMatch(Fact.OutboxPut.class::isInstance);
            for (Fact fact : step.facts()) {
                (leaves && fact instanceof Fact.ReceiptKept receipt && receipt.issued() ? late : kept).add(fact);
            }
            now.add(new StepOutcome(kept));
            if (!late.isEmpty()) {
                later.schedule(() -> made.commit(new StepOutcome(late)), 4, TimeUnit.SECONDS);
            }
        }
        return now;
    }

    /** As it is, or as one that has never seen a record before. */
    public Register register(Register made) {
        if (off != Check.DUPLICATES) {
            return made;
        }
        return proxy(
                Register.class,
                (method, arguments) ->
                        method.getName().equals("claimed") ? Optional.empty() : invoke(made, method, arguments));
    }

    /** As it is, or as one that believes every signature. */
    public Opener opener(Opener made) {
        return off == Check.SIGNATURES ? Forgery.unchecked(made, keys, random) : made;
    }

    // ---- the forger

    /** Forges a neighbour of a message when it is told to. */
    public Sealer sealer(Sealer made) {
        return messages -> {
            if (control.takeForgery()) {
                Sealer.ToSeal one = messages.get(0);
                String text = new String(one.message().message(), StandardCharsets.UTF_8);
                String exchange = one.message().header().exchange().toString();
                String forgery = Marker.forged(text)
                        .replace(exchange, Forgery.other(one.message().header().exchange(), random));
                forged.add(new Forged(
                        one.message().header().recipient(),
                        Forgery.seal(
                                forgery.getBytes(StandardCharsets.UTF_8),
                                Forgery.certificate(keys),
                                one.recipient(),
                                clock,
                                random)));
            }
            return made.seal(messages);
        };
    }

    /** Crash points around each carrying, by transport; what was forged goes with it. */
    public Carrier carrier(Carrier made) {
        return proxy(Carrier.class, (method, arguments) -> {
            if (!method.getName().equals("carry")) {
                return invoke(made, method, arguments);
            }
            String name = "Carrier.carry." + made.transport();
            control.pass(name + ".before");
            Forged next = forged.peek();
            if (next != null && next.peer().equals(arguments[0])) {
                made.carry(next.peer(), DispatchBundle.encode(List.of(new WireItem(ItemKind.MESSAGE, next.octets()))));
                forged.remove(next);
                control.note("forged");
            }
            Object result = invoke(made, method, arguments);
            control.pass(name + ".after");
            return result;
        });
    }

    /** Pauses short enough for a run of minutes. */
    public RetryPlan brisk(RetryPlan made) {
        return new RetryPlan(
                Duration.ofMillis(300),
                Duration.ofSeconds(3),
                List.of(again, again.multipliedBy(2), again.multipliedBy(3)));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Forged(GatewayId peer, byte[] octets) {}

    // ---- proxies

    private interface Call {
        Object answer(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
    }

    private static final Object[] NONE = {};

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> port, Call call) {
        return (T) Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call.answer(method, arguments == null ? NONE : arguments));
    }

    private static Object invoke(Object made, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(made, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
