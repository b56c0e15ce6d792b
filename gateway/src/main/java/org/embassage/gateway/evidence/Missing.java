package org.embassage.gateway.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * What the answer to a question still lacks. A bundle without it is judged INDETERMINATE.
 *
 * @param receipts that lack something, each once
 * @param uncovered no checkpoint of our ledger covers them
 * @param unwitnessed issued here, and no peer or witness cosigned a checkpoint that covers them
 * @param unproven of peers, whose proof of inclusion has not come
 * @param unheld of peers, whose proof has come, but no checkpoint of the peer's ledger that covers them and continues those that
 *     we hold
 * @param unstamped that wait for their time-stamp
 */
public record Missing(int receipts, int uncovered, int unwitnessed, int unproven, int unheld, int unstamped) {

    /** What is missing and what a person does, one sentence each. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (uncovered > 0) {
            sentences.add(
                    uncovered + " are not under a checkpoint of this gateway's ledger yet: a running gateway signs one"
                            + " within a minute; if it does not run, start it with `embassage run`");
        }
        if (unwitnessed > 0) {
            sentences.add(
                    unwitnessed + " are under no checkpoint that a peer or a witness cosigned yet: the gateway must be"
                            + " running and reach one of them");
        }
        if (unproven > 0) {
            sentences.add(
                    unproven + " of peers wait for the peer's proof that they are in its ledger: both gateways must be"
                            + " running");
        }
        if (unheld > 0) {
            sentences.add(
                    unheld + " of peers are under no checkpoint that is proven to continue the peer's ledger as it was"
                            + " known: both gateways must be running");
        }
        if (unstamped > 0) {
            sentences.add(unstamped + " wait for their time-stamp: `embassage status` says why");
        }
        return sentences;
    }
}
