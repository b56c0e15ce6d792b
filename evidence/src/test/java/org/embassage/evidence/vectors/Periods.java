package org.embassage.evidence.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.embassage.evidence.Chance;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.Completeness.Scope;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Period;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.World;

/** What a gateway states of a part of its ledger, and what it may want to leave out of it. */
final class Periods {

    private Periods() {}

    static List<Vector> good() {
        return List.of(
                Vector.goodBundle(
                        "period-good",
                        "all entries of a ledger, stated to be complete: two exchanges, numbers never used, a suspension",
                        told(period -> {})),
                Vector.goodBundle(
                        "period-good-of-a-peer",
                        "the same for one peer: an entry is shown as its hash only, two numbers are said to lie elsewhere",
                        told(period -> period.hiding(4)
                                .stating(told -> told.scope(new Scope.Peer(World.QOS))
                                        .pair(World.QVL, World.QOS, 7, 10)
                                        .elsewhere(World.QVL, World.QOS, 8)
                                        .elsewhere(World.QVL, World.QOS, 9)))),
                Vector.goodBundle(
                        "period-good-part-1-of-2",
                        "entries 0 to 4; alone it is good, but a folder without the other part is not whole",
                        oneOf(1)),
                Vector.goodBundle(
                        "period-good-part-2-of-2", "entries 5 to 10 of the same ledger at the same size", oneOf(2)));
    }

    static List<Vector> bad() {
        return List.of(
                failed(
                        "period-receipt-left-out",
                        Indication.CONTRADICTION,
                        "the RelayAcceptance that entry 6 is about was left out, and the bundle exported so",
                        period -> period.without(6)),
                failed(
                        "period-exchange-left-out",
                        Indication.CONTRADICTION,
                        "a whole exchange was left out; its number is said to lie elsewhere",
                        period -> period.only(receipt -> !of(receipt, period.second))
                                .stating(told ->
                                        told.pair(World.QVL, World.QOS, 7, 10).elsewhere(World.QVL, World.QOS, 10))),
                failed(
                        "period-suspension-left-out",
                        Indication.CONTRADICTION,
                        "the receipt that traffic was suspended was left out",
                        period -> period.without(8)),
                failed(
                        "period-entry-hidden",
                        Indication.CONTRADICTION,
                        "an entry is shown as its hash only, though the statement is about all",
                        period -> period.without(8).hiding(8)),
                failed(
                        "period-hole-not-admitted",
                        Indication.CONTRADICTION,
                        "the statement is about number 11 too, and nothing accounts for it",
                        period -> period.stating(told -> told.pair(World.QVL, World.QOS, 7, 11))),
                failed(
                        "period-hole-admitted",
                        Indication.TRY_LATER,
                        "the statement is about number 11 too, of which it admits to have nothing",
                        period -> period.stating(
                                told -> told.pair(World.QVL, World.QOS, 7, 11).hole(World.QVL, World.QOS, 11))),
                Vector.bundle(
                        "period-entries-rewritten",
                        Check.PERIOD,
                        Indication.LEDGER_FAILURE,
                        "the entries of the second exchange are replaced by numbers never used: no longer the signed root",
                        Periods::rewritten),
                Vector.bundle(
                        "period-entries-reordered",
                        Check.PERIOD,
                        Indication.LEDGER_FAILURE,
                        "two entries are shown in the other order",
                        () -> lines(lines -> Collections.swap(lines, 6, 7))),
                Vector.bundle(
                        "period-statement-left-out",
                        Check.PERIOD,
                        Indication.FORMAT_FAILURE,
                        "the entries are shown without the statement to which they belong",
                        () -> {
                            Period period = new Period();
                            return signed(period, files -> files.remove(BundlePath.COMPLETENESS));
                        }),
                Vector.bundle(
                        "period-of-another-gateway",
                        Check.PERIOD,
                        Indication.CONTRADICTION,
                        "a statement of QVL-BG about its ledger in a bundle that QOS-POL exported",
                        Periods::exportedByTheOther));
    }

    private static Vector failed(String name, Indication why, String done, Consumer<Period> change) {
        return Vector.bundle(name, Check.PERIOD, why, done, told(change));
    }

    private static Callable<byte[]> told(Consumer<Period> change) {
        return () -> {
            Period period = new Period();
            change.accept(period);
            return signed(period, files -> {});
        };
    }

    /** Both parts are of one world. */
    private static Callable<byte[]> oneOf(int number) {
        return () ->
                Chance.fixed("period in two parts", Vector.NOW, new TreeMap<>(), told(period -> part(number, period)));
    }

    private static void part(int number, Period period) {
        boolean first = number == 1;
        period.entries(first ? 0 : 5, first ? 5 : 11)
                .only(receipt -> of(receipt, first ? period.first : period.second)
                        || !first && !(receipt.evidence().subject() instanceof Subject.OfExchange))
                .stating(told -> told.part(number, 2).pair(World.QVL, World.QOS, first ? 7 : 10, first ? 9 : 10));
    }

    private static boolean of(Receipt receipt, org.embassage.evidence.ExchangeId exchange) {
        return receipt.evidence().subject() instanceof Subject.OfExchange of
                && of.exchange().equals(exchange);
    }

    private static byte[] rewritten() {
        Period period = new Period();
        TestLedger other = period.world.qvlLedger.fork(5);
        for (int number = 11; number < 14; number++) {
            other.append(LedgerLeaf.voided(World.QVL, World.QOS, number, number));
        }
        period.world.qvlLedger.leaves().subList(8, 11).forEach(other::append);
        period.only(receipt -> !of(receipt, period.second)).stating(told -> told.pair(World.QVL, World.QOS, 7, 9));
        return signed(
                period,
                files ->
                        files.put(period.leaves(), period.showing(other).slice().octets()));
    }

    private static byte[] lines(Consumer<List<String>> change) {
        Period period = new Period();
        return signed(
                period,
                files -> files.computeIfPresent(period.leaves(), (path, content) -> {
                    List<String> lines =
                            new ArrayList<>(List.of(new String(content, StandardCharsets.UTF_8).split("\n")));
                    change.accept(lines);
                    return World.text(String.join("\n", lines) + "\n");
                }));
    }

    /** As the exporter signs it; without the script, which is the same in all and large. */
    private static byte[] signed(Period period, Consumer<Map<String, byte[]>> change) {
        return World.edit(
                World.forge(
                        period.bundle(), change.andThen(files -> files.keySet().remove(BundlePath.SCRIPT))),
                files -> files.put(
                        BundlePath.INDEX_SIGNATURE,
                        period.world.qvlSeal.signer().signDetached(files.get(BundlePath.INDEX), Commitment.NONE)));
    }

    private static byte[] exportedByTheOther() {
        Period period = new Period();
        return World.edit(signed(period, same -> {}), files -> {
            BundleIndex index = BundleIndex.parse(files.get(BundlePath.INDEX)).orElseThrow();
            byte[] by = new BundleIndex(World.QOS, index.exported(), index.asked(), index.exchanges(), index.files())
                    .octets();
            files.put(BundlePath.INDEX, by);
            files.put(BundlePath.INDEX_SIGNATURE, period.world.qosSeal.signer().signDetached(by, Commitment.NONE));
        });
    }
}
