package org.embassage.translation.synthetic;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Invents names, numbers and days from a seed: the same seed makes the same people. Not thread-safe. */
final class Invention {

    /** Syllables, each in Latin and in Cyrillic letters. */
    private static final String[][] SYLLABLES = {
        {"dor", "дор"}, {"vel", "вел"}, {"mi", "ми"}, {"kas", "кас"}, {"tri", "три"}, {"ra", "ра"}, {"lun", "лун"},
        {"bo", "бо"}, {"zel", "зел"}, {"nik", "ник"}, {"or", "ор"}, {"pe", "пе"}, {"sar", "сар"}, {"go", "го"},
        {"tin", "тин"}, {"ul", "ул"}, {"ve", "ве"}, {"hol", "хол"}, {"dra", "дра"}, {"fen", "фен"}
    };

    private static final char[] CONSONANTS = "BCDFGHJKLMNPRSTVWXZ".toCharArray();

    private final Random random;
    private final LocalDate today;

    Invention(long seed, LocalDate today) {
        this.random = new Random(seed);
        this.today = today;
    }

    /** A name in Latin and in Cyrillic letters. */
    record Name(String latin, String cyrillic) {}

    Name name(int syllables) {
        StringBuilder latin = new StringBuilder();
        StringBuilder cyrillic = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            String[] syllable = SYLLABLES[random.nextInt(SYLLABLES.length)];
            latin.append(syllable[0]);
            cyrillic.append(syllable[1]);
        }
        return new Name(capital(latin), capital(cyrillic));
    }

    private static String capital(StringBuilder word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(CONSONANTS[random.nextInt(CONSONANTS.length)]);
        }
        return letters.toString();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /**
     * A day of birth of somebody from 20 to 70 years old, never the first of January and never in 2000, whose two digits
     * alone would mean "not known".
     */
    LocalDate birth() {
        LocalDate day = today.minusYears(20L + random.nextInt(50))
                .withMonth(2 + random.nextInt(9))
                .withDayOfMonth(2 + random.nextInt(26));
        return day.getYear() == 2000 ? day.minusYears(1) : day;
    }

    /** A day of the last month. */
    LocalDate recently() {
        return today.minusDays(random.nextInt(30));
    }

    /** A day one to three years from now. */
    LocalDate later() {
        return today.plusDays(365L + random.nextInt(730));
    }

    LocalDate today() {
        return today;
    }
}
