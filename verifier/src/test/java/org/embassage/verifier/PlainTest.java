package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.embassage.evidence.verify.Indication;
import org.junit.jupiter.api.Test;

/** What strangers chose, and what we say, can be read. */
class PlainTest {

    @Test
    void usualTextStaysAsItIs() {
        assertThat(Plain.text("O=Ægir & Søn, CN=Škoda — Ωμέγα Борис …"))
                .isEqualTo("O=Ægir & Søn, CN=Škoda — Ωμέγα Борис …");
    }

    @Test
    void whatMovesOrHidesTextIsWrittenAsItsNumber() {
        assertThat(Plain.text("a\u202Eb")).isEqualTo("a[U+202E]b");
        assertThat(Plain.text("a\u001B[31mb\nc")).isEqualTo("a[U+001B][31mb[U+000A]c");
        assertThat(Plain.text("e\u0301 \u200B\u00AD\uFEFF")).isEqualTo("e[U+0301] [U+200B][U+00AD][U+FEFF]");
        assertThat(Plain.text("\u05D0\uD83D\uDE00\uD800")).isEqualTo("[U+05D0][U+1F600][U+D800]");
    }

    @Test
    void everyIndicationIsExplained() {
        assertThat(Arrays.stream(Indication.values()).filter(why -> !Explanation.knows(why)))
                .isEmpty();
        assertThat(Arrays.stream(Indication.values()))
                .allSatisfy(why -> assertThat(Explanation.meaning(why) + Explanation.advice(why))
                        .doesNotContain("_"));
    }
}
