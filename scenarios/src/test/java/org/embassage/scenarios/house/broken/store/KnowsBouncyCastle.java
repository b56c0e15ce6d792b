package org.embassage.scenarios.house.broken.store;

/** BouncyCastle belongs to evidence and sealing. */
interface KnowsBouncyCastle {
    void digest(org.bouncycastle.crypto.Digest digest);
}
