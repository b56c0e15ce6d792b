package org.embassage.scenarios.house.broken.verifier;

/** An auditor's tool has no network. */
interface KnowsTheNetwork {
    void ask(java.net.http.HttpClient client);
}
