package org.embassage.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkerTest {

    @Test
    void aMarkerIsFoundOnceHoweverOftenItStandsInAFile() {
        String velmark = Marker.velmark(0x1AB, 7);
        String ostrana = Marker.ostrana(2026, 12, 3);

        assertThat(Marker.in("a;" + velmark + ";b;" + velmark)).containsExactly("QVL-BG-01AB000007");
        assertThat(Marker.in("<C>" + ostrana + "</C>")).containsExactly("QOS-POL-2026-012000003");
        assertThat(Marker.in("nothing QVL-BG-12")).isEmpty();
    }

    @Test
    void aForgedDocumentIsAboutARecordThatNobodyDropped() {
        assertThat(Marker.in(Marker.forged("x " + Marker.velmark(1, 1)))).containsExactly("QVL-BG-0001999999");
    }
}
