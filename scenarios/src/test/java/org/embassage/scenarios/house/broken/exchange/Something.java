package org.embassage.scenarios.house.broken.exchange;

/** Stands for a class of the module. */
public class Something {}
