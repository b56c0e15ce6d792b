package org.embassage.scenarios.house.broken.exchange;

import java.util.Random;

/** Ids, salts and keys come from a SecureRandom. */
class GuessableId {
    long next(Random random) {
        return random.nextLong();
    }
}
