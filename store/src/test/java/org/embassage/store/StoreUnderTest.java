package org.embassage.store;

import java.util.List;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;

/** What the contracts ask of the database that runs them. */
interface StoreUnderTest {

    /** A store that was empty when the test began. */
    SqlStore store();

    /** Closes the store and opens it anew on the same database. */
    SqlStore reopen();

    default StepResult commit(Fact... facts) {
        return store().journal().commit(StepOutcome.of(facts));
    }

    /** Commits what must not conflict; returns the indexes of its leaves. */
    default List<Long> commitAll(Fact... facts) {
        if (commit(facts) instanceof StepResult.Committed committed) {
            return committed.leaves();
        }
        throw new AssertionError("the step conflicted");
    }
}
