package org.embassage.bench;

/** The steps of an exchange, in their order. */
enum Step {
    TAKE("sender: take the drop, prove its totals, keep a copy"),
    SUBMIT("sender: translate, validate, judge, sign, seal, receipt, commit"),
    DISPATCH("sender: judge again, bundle, commit"),
    RECEIVE("recipient: open, verify, validate, judge, receipt, commit"),
    HAND_OVER("recipient: render, write with fsync, receipt, commit"),
    RECIPIENT_LEDGER("recipient: checkpoint and proofs"),
    RETURN("recipient: bundle receipts and proofs, commit"),
    TAKE_RECEIPTS("sender: verify receipts, keep, lay beside the drop, commit"),
    CLOSE("both: proofs and checkpoints that follow");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
