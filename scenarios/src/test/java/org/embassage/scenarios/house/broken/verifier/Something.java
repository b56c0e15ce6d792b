package org.embassage.scenarios.house.broken.verifier;

/** Stands for a class of the module. */
public class Something {}
