package org.embassage.gateway.evidence;

/**
 * The stretch of the ledger that one bundle of an export is about.
 *
 * @param from index of the first entry
 * @param to index behind the last one
 * @param beginnings how many exchanges and acts that are asked for begin in it
 * @param receipts how many receipts these have, about
 */
record Part(long from, long to, int beginnings, int receipts) {}
